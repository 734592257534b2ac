package io.clickthread.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The events that arrived at the stand-in for Meta. */
public final class MetaEvents {

    private MetaEvents() {
    }

    /** Those with this click id, in the order of their arrival. */
    public static List<JsonNode> of(Server server, String clickId) {
        return server.graph.calls("/events").stream()
                .flatMap(call -> StreamSupport.stream(call.json().path("data").spliterator(), false))
                .filter(event -> event.at("/user_data/ctwa_clid").asText().equals(clickId)).toList();
    }
}
