package io.clickthread.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.security.Redactor;
import io.clickthread.system.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Turns what {@code camel-http} brought, an answer or an exception, into a {@link GraphAnswer}. Which exception it was
 * decides whether the request can have left: that alone says if it may be repeated. Nothing of an answer goes further before
 * the secrets of the call are taken out of it.
 */
@Component("readGraphAnswer")
class ReadGraphAnswer implements Processor {

    private final ObjectMapper mapper;
    private final AskedWait waits;
    private final List<String> appSecrets;

    ReadGraphAnswer(ObjectMapper mapper, AskedWait waits, Settings settings) {
        this.appSecrets = List.of(settings.meta().appSecret().split(","));
        this.mapper = mapper;
        this.waits = waits;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        long startedAt = exchange.getVariable(WriteGraphCall.STARTED, Long.class);
        Message message = exchange.getMessage();
        GraphAnswer answer;
        if (failure == null) {
            int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
            Long retryAfter = waits.asked(name -> message.getHeader(name, String.class));
            answer = read(status, message, retryAfter, startedAt,
                    redactor(exchange.getVariable(WriteGraphCall.CALL, GraphCall.class)));
        } else {
            answer = new GraphAnswer(neverLeft(failure) ? GraphAnswer.Reach.NOT_SENT : GraphAnswer.Reach.UNANSWERED, 0,
                    MissingNode.getInstance(), null, startedAt, since(startedAt));
        }
        message.removeHeaders("*");
        message.setBody(answer);
    }

    private GraphAnswer read(int status, Message message, Long retryAfter, long startedAt, Redactor redactor) {
        GraphAnswer.Reach reach = GraphAnswer.Reach.ANSWERED;
        JsonNode body = MissingNode.getInstance();
        byte[] raw = {};
        try (InputStream stream = message.getBody(InputStream.class)) {
            raw = stream == null ? raw : stream.readNBytes(CallLimits.MOST_BYTES);
            body = redactor.tree(mapper.readTree(raw));
        } catch (JsonProcessingException | NumberFormatException e) {
            // a proxy's page; the status still counts
        } catch (IOException e) {
            // Half a refusal is one; half a success may stand for one that Meta counted.
            reach = status / 100 == 2 ? GraphAnswer.Reach.UNANSWERED : reach;
        }
        GraphAnswer answer = new GraphAnswer(reach, status, body, retryAfter, startedAt, since(startedAt));
        return answer.isSuccess() || answer.isGraphError() ? answer
                : new GraphAnswer(reach, status, body, retryAfter, startedAt, answer.durationMillis(),
                        redactor.text(FirstLine.of(raw, body, message.getHeader("Authorization", String.class))));
    }

    private Redactor redactor(GraphCall call) {
        List<String> secrets = new ArrayList<>(appSecrets);
        secrets.add(call.token());
        return new Redactor(secrets);
    }

    private static boolean neverLeft(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof ConnectTimeoutException
                    || cause instanceof UnknownHostException || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException || cause instanceof ConnectionRequestTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static int since(long startedAt) {
        return (int) (System.currentTimeMillis() - startedAt);
    }
}
