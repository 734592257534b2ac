package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One message that names three known contacts at once. */
class JoinedContactsTest {

    private final TestAccount account = TestAccount.connect(Server.shared());
    private final String phone = Webhooks.phone();
    private final String userId = "US." + phone;
    private final String parentId = "US.ENT." + phone;
    private final long now = TestAccount.now();

    @Test
    void aClickThatEachOfThemHadIsKeptOnceAndNothingElseIsLost() {
        receive(message("first", now - 5, "from", phone));
        receive(message("shared", now - 20, "from_user_id", userId));
        receive(message("shared", now - 30, "from_parent_user_id", parentId));
        receive(message(null, now - 40, "from_parent_user_id", parentId));
        receive(message("joins", now, "from", phone, "from_user_id", userId, "from_parent_user_id", parentId));

        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("shared", "first", "joins");
        assertThat(account.clicks(phone)).as("the clicks and the touch").hasSize(4);
        assertThat(account.clicks(phone).get(1).path("clicked_at").asText())
                .isEqualTo(java.time.Instant.ofEpochSecond(now - 30).toString().replace("Z", ".000Z"));
    }

    private void receive(Map<String, Object> message) {
        assertThat(account.receive(message).status()).isEqualTo(200);
    }

    private static Map<String, Object> message(String clickId, long seconds, String... identities) {
        Map<String, Object> message = Webhooks.click(null, clickId, seconds);
        for (int i = 0; i < identities.length; i += 2) {
            message.put(identities[i], identities[i + 1]);
        }
        message.values().removeIf(java.util.Objects::isNull);
        return message;
    }
}
