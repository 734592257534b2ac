package io.clickthread.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * Whether the head of a request says without doubt where it ends and whom it is for. A proxy before this server must not
 * read another end or another host out of it (RFC 9112, sections 3.2, 6.1 and 6.3). The one transfer coding that is taken
 * is {@code chunked}, once: no client of a webhook or of this API needs another.
 */
final class Framing {

    private Framing() {
    }

    /** What is wrong with a request, for its answer. */
    static final class Fault extends IllegalArgumentException {
        private final int status;

        private Fault(int status, String sentence) {
            super(sentence);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /**
     * Looks at a head.
     *
     * @param request as it was parsed
     * @return what is wrong with it, or null
     */
    static Fault fault(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        HttpHeaders headers = request.headers();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Fault(501, "This server speaks HTTP/1.1.");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.size() > 1 || codings.size() == 1 && !codings.get(0).trim().equalsIgnoreCase("chunked")) {
            return new Fault(400, "Send one header 'Transfer-Encoding: chunked', or none.");
        }
        if (!codings.isEmpty() && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return new Fault(400, "Send either Transfer-Encoding or Content-Length, not both.");
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || hosts == 0 && version.equals(HttpVersion.HTTP_1_1)) {
            return new Fault(400, "Send exactly one Host header.");
        }
        return null;
    }
}
