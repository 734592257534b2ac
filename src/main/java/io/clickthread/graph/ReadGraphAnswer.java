package io.clickthread.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.security.Redactor;
import io.clickthread.system.Faults;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns what {@code camel-http} brought, an answer or an exception, into a {@link GraphAnswer}. Whether
 * its body was begun decides whether the request can have left: that alone says if it may be repeated. An answer that came is
 * read even if a step failed after it. Nothing of an answer goes further before
 * the secrets of the call are taken out of it.
 */
@Component("readGraphAnswer")
class ReadGraphAnswer implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ReadGraphAnswer.class);

    private final ObjectMapper mapper;
    private final RetryAfter waits;
    private final List<String> appSecrets;

    ReadGraphAnswer(ObjectMapper mapper, RetryAfter waits, Settings settings) {
        this.appSecrets = List.of(settings.meta().appSecret().split(","));
        this.mapper = mapper;
        this.waits = waits;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof GraphAnswer) {
            return; // read when the call failed, before the route went on
        }
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Departure departure = exchange.getVariable(WriteGraphCall.CALL, Departure.class);
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        GraphAnswer answer;
        if (departure != null && status != null) { // an answer counts, whatever failed after it
            Long retryAfter = waits.asked(name -> message.getHeader(name, String.class));
            answer = read(status, message, retryAfter, departure);
        } else {
            answer = without(departure, failure);
        }
        exchange.removeVariable(WriteGraphCall.CALL); // or a later call that fails early would be taken for this one
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        message.removeHeaders("*");
        message.setBody(answer);
    }

    private static GraphAnswer without(Departure departure, Exception failure) {
        GraphAnswer.Reach reach = reach(departure, failure);
        if (failure != null && !(failure instanceof IOException)) {
            LOG.error("A call to Graph failed here ({}): {}", reach, Faults.trace(failure));
        }
        if (departure == null || reach == GraphAnswer.Reach.FAILED_HERE) {
            return GraphAnswer.failedHere(Faults.name(failure));
        }
        return new GraphAnswer(reach, 0, MissingNode.getInstance(), null, departure.startedAt(), since(departure.startedAt()));
    }

    /** An exception alone never says that a call with a body has left: only that its body was begun does. */
    private static GraphAnswer.Reach reach(Departure departure, Exception failure) {
        boolean mayHaveLeft = departure != null
                && (departure.call().body() == null ? !neverLeft(failure) : departure.isBegun());
        return mayHaveLeft ? GraphAnswer.Reach.UNANSWERED
                : departure != null && failure instanceof IOException ? GraphAnswer.Reach.NOT_SENT
                : GraphAnswer.Reach.FAILED_HERE;
    }

    private GraphAnswer read(int status, Message message, Long retryAfter, Departure departure) {
        long startedAt = departure.startedAt();
        Redactor redactor = redactor(departure.call());
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
