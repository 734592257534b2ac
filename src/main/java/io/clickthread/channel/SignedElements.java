package io.clickthread.channel;

import io.clickthread.http.Request;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A signature in a header that is a list, such as Stripe's {@code t=1795341524,v1=5257a8…,v1=…}: for the scheme within, the
 * elements are headers of their own. An element may stand there several times, during a rotation; one that fits is enough.
 *
 * @param header  the header that holds the list
 * @param element the name of the element with the signature
 * @param scheme  verifies, with the names of elements in the place of headers
 */
record SignedElements(String header, String element, Authenticator scheme) implements Authenticator {

    /** Signatures that are looked at; senders have two of them during a rotation. */
    private static final int MOST = 5;

    @Override
    public boolean fits(Request request, byte[] secret) {
        String list = request.header(header);
        List<String[]> elements = Arrays.stream((list == null ? "" : list).split("[,;]"))
                .map(one -> one.strip().split("=", 2)).filter(pair -> pair.length == 2).toList();
        Map<String, String> others = new LinkedHashMap<>();
        elements.forEach(pair -> others.putIfAbsent(pair[0], pair[1]));
        boolean fits = false;
        for (String[] signature : elements.stream().filter(pair -> pair[0].equals(element)).limit(MOST).toList()) {
            fits |= scheme.fits(new Request(request.path(), request.target(), request.pathParameters(), request.query(),
                    name -> name.equals(element) ? signature[1] : others.get(name), request.body()), secret);
        }
        return fits;
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        return Map.of(header, scheme.sign(url, body, secret).entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining(",")));
    }

    @Override
    public String expects(String secret) {
        return "in " + header + ", " + scheme.expects(secret);
    }
}
