package io.clickthread.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.IngestResult;
import io.clickthread.http.Problem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Messages of sources on their way in: opened, read as JSON, and handed to the store of what is kept. */
@Component("sourceMessages")
public class SourceMessages {

    private final ObjectMapper mapper;

    SourceMessages(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * A message that has just come in.
     *
     * @param source the source's name
     * @param raw    its bytes; null, a topic's way to delete a key, is an empty message
     * @return the message
     */
    public SourceMessage of(String source, byte[] raw) {
        return new SourceMessage(source, null, raw == null ? new byte[0] : raw);
    }

    /**
     * A message that was kept.
     *
     * @param kept as it was opened
     * @return the message as it came in
     */
    public SourceMessage reopen(InboundWebhook kept) {
        return of(kept.provider(), kept.raw());
    }

    /**
     * The message as the expressions of a mapping read it.
     *
     * @param message the message
     * @return its JSON: maps, lists, texts, numbers
     * @throws Problem 400 if it is no JSON object
     */
    public Map<String, Object> json(SourceMessage message) {
        Map<String, Object> json;
        try {
            json = mapper.readerForMapOf(Object.class).readValue(message.raw());
        } catch (IOException | NumberFormatException e) { // of an exponent that no number has
            json = null;
        }
        if (json == null) {
            throw Problem.invalid("invalid_json_body", null, "It is not a JSON object.");
        }
        return json;
    }

    /**
     * What came of a ping.
     *
     * @param ping a message that is one
     * @return a result with nothing in it
     */
    public SourceResult nothing(SourceMessage ping) {
        return new SourceResult(ping, 0, 0, null);
    }

    /**
     * A result in the terms of what is kept.
     *
     * @param result the result
     * @return the message, with the reason to keep it if something of it was refused
     */
    public IngestResult intake(SourceResult result) {
        SourceMessage message = result.message();
        InboundWebhook whole = new InboundWebhook(message.source(), null, message.raw(), List.of(), List.of(), null);
        String where = message.place() == null ? "" : message.place() + ": ";
        return new IngestResult(whole, List.of(), List.of(), result.isRefused() ? where + result.refusal() : null);
    }

    /**
     * What the sender of a webhook gets to hear. It is a success even if the message was refused: it is kept, and
     * sending it again would change nothing.
     *
     * @param result the result
     * @return {@code {received: true, conversions, reason?}}
     */
    public Map<String, Object> received(SourceResult result) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("received", true);
        answer.put("conversions", result.taken());
        if (result.isRefused()) {
            answer.put("reason", result.refusal());
        }
        return answer;
    }
}
