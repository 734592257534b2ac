package io.clickthread.channel;

import io.clickthread.http.Request;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several ways, one of which is enough: 360dialog signs with the platform secret, which only partners have; everybody else
 * sets a header of their own.
 *
 * @param schemes the ways; the first one is what the simulator uses
 */
record EitherAuthenticator(List<Authenticator> schemes) implements Authenticator {

    @Override
    public boolean fits(Request request, byte[] secret) {
        boolean fits = false;
        for (Authenticator scheme : schemes) {
            fits |= scheme.fits(request, secret); // all of them, whichever fits, so that the time tells nothing
        }
        return fits;
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        return schemes.get(0).sign(url, body, secret);
    }

    @Override
    public String expects(String secret) {
        return schemes.stream().map(scheme -> scheme.expects(secret)).distinct().collect(Collectors.joining(", or "));
    }
}
