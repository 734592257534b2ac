package io.clickthread.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.hc.core5.http.HttpEntity;

/** Meta, in the place of the step that calls it: it takes the bytes of a call as the HTTP client would, and answers. */
final class PlayedMeta {

    /** What it was sent, in the order of the calls. */
    final List<JsonNode> payloads = new ArrayList<>();
    /** The headers of the calls. */
    final List<Map<String, Object>> headers = new ArrayList<>();

    /** Answers a status, a body and headers to a payload. */
    record Reply(int status, Map<String, Object> body, Map<String, String> headers) {
    }

    PlayedMeta(MockEndpoint graph, Function<JsonNode, Reply> answer) {
        graph.whenAnyExchangeReceived(exchange -> {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            exchange.getMessage().getBody(HttpEntity.class).writeTo(sent);
            payloads.add(Server.JSON.readTree(sent.toByteArray()));
            headers.add(Map.copyOf(exchange.getMessage().getHeaders()));
            Reply reply = answer.apply(payloads.get(payloads.size() - 1));
            exchange.getMessage().removeHeaders("*");
            reply.headers().forEach(exchange.getMessage()::setHeader);
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
            exchange.getMessage().setBody(new ByteArrayInputStream(Server.JSON.writeValueAsBytes(reply.body())));
        });
    }

    /** One that counts whatever it gets. */
    static PlayedMeta thatCounts(MockEndpoint graph) {
        return new PlayedMeta(graph, PlayedMeta::counted);
    }

    static Reply counted(JsonNode payload) {
        return new Reply(200, Map.of("events_received", payload.path("data").size(), "fbtrace_id", "A5FxDmf41ZV8AL3OC_E5-YA"), Map.of());
    }

    /** A refusal with Meta's code. */
    static Reply refused(int status, int code, int subcode) {
        return new Reply(status, Map.of("error", Map.of("message", "no", "type", "OAuthException", "code", code, "error_subcode", subcode,
                "fbtrace_id", "A5FxDmf41ZV8AL3OC_E5-YA")), Map.of());
    }

    /** How many events each call had. */
    List<Integer> sizes() {
        return payloads.stream().map(payload -> payload.path("data").size()).toList();
    }
}
