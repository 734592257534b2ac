package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.Channel;
import io.clickthread.channel.ChannelConfig;
import io.clickthread.channel.Provider;
import io.clickthread.http.Problem;
import io.clickthread.simulator.ClickOrder.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator sends to a generic channel lies where the channel's paths say. */
class GenericClicksTest {

    private final GenericClicks clicks = new GenericClicks();
    private final Person ada = new Person("15550100200", "US.1", "1", "ARA1", "m1");
    private final Person bo = new Person(null, "US.2", "2", null, "m2");

    @Test
    void eachFieldIsWrittenAlongItsPath() throws Exception {
        JsonNode body = body(Map.of("contact", "$.data.sender['phone number']", "messageId", "$['id']", "timestamp", "$.data.at",
                "clickId", "$.items[1].ad.clid", "sourceId", "$.items[1].ad.id", "headline", "$.tags[1]", "body", "$.tags[0]"), ada);

        assertThat(new ObjectMapper().readTree(body.toString())).isEqualTo(new ObjectMapper().readTree("""
                {"data":{"sender":{"phone number":"+15550100200"},"at":1700000000},"id":"m1",
                 "items":[null,{"ad":{"clid":"ARA1","id":"42"}}],"tags":["Ask us anything, we answer within minutes.","Sale"]}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.data.list[*]", "$.data.list", "$.data['list'].*"})
    void severalPeopleAreAListWhereTheMessagesAreRead(String path) {
        Map<String, String> paths = Map.of("messages", path, "contact", "$.from", "messageId", "$.id", "clickId", "$.ad.clid");
        JsonNode body = body(paths, ada, bo);

        assertThat(clicks.takesMany(channel(paths))).isTrue();
        assertThat(body.at("/data/list")).hasSize(2);
        assertThat(body.at("/data/list/0/from").asText()).isEqualTo("+15550100200");
        assertThat(body.at("/data/list/1/from").asText()).isEqualTo("US.2");
        assertThat(body.at("/data/list/1").has("ad")).isFalse();
    }

    @Test
    void theWholeBodyMayBeTheList() {
        assertThat(body(Map.of("messages", "$[*]", "contact", "$.from", "messageId", "$.id"), ada, bo)).hasSize(2);
    }

    @Test
    void aFieldOfTheWholeBodyIsForOnePersonOnly() {
        Map<String, String> paths = Map.of("messages", "$.messages[*]", "contact", "$$.chat.phone", "messageId", "$.id");

        assertThat(clicks.takesMany(channel(paths))).isFalse();
        assertThat(clicks.takesMany(channel(Map.of("contact", "$.from", "messageId", "$.id")))).isFalse();
        assertThat(body(paths, ada).at("/chat/phone").asText()).isEqualTo("+15550100200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$..from", "$.people[*].from", "$.people[?(@.me)].from", "$.people[-1]", "$['a','b']", "$.id.inner", "$"})
    void aPathThatLeadsToNoOnePlaceIsNamed(String path) {
        assertThatThrownBy(() -> body(Map.of("messageId", "$.id", "contact", "$.from", "name", path), ada))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(422))
                .hasMessageMatching(".*config\\.paths\\.(name|messageId) .*");
    }

    private JsonNode body(Map<String, String> paths, Person... people) {
        ClickOrder order = new ClickOrder(Provider.GENERIC, null, null, "Ada", true, "42", "Sale", List.of(people), 1,
                new MetaWish("messages", false, false, null, false));
        return (JsonNode) clicks.body(order, List.of(people), channel(paths), Instant.ofEpochSecond(1_700_000_000));
    }

    private static Channel channel(Map<String, String> paths) {
        return new Channel("1", "a", Provider.GENERIC, "shop", null, null, null, new ChannelConfig(null, null, paths));
    }
}
