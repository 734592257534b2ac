package io.clickthread.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Call;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting, listing, changing and disconnecting accounts. */
class AccountTest {

    private final Server server = Server.shared();
    private final String waba = "50" + Webhooks.unique();
    private final String number = "60" + Webhooks.unique();

    @Test
    void aNumberIsConnectedWithWhatMetaSaysOfIt() {
        Reply reply = connect(Map.of());

        assertThat(reply.status()).isEqualTo(200);
        JsonNode account = reply.json().path("account");
        assertThat(account.fieldNames()).toIterable().containsExactlyInAnyOrder("accountId", "platform", "username",
                "displayName", "isActive", "phoneNumber", "verifiedName", "qualityRating");
        assertThat(account.path("accountId").asText()).matches("[0-9a-f]{24}");
        assertThat(account.path("platform").asText()).isEqualTo("whatsapp");
        assertThat(account.path("phoneNumber").asText()).isEqualTo("+1 555-078-3881");
        assertThat(account.path("verifiedName").asText()).isEqualTo("Lucky Shrub");
        assertThat(reply.json().path("message").asText()).isNotEmpty();
        Call call = server.graph.calls("/" + number).get(0);
        assertThat(call.query()).startsWith("fields=").doesNotContain("EAA");
        assertThat(call.headers()).containsEntry("authorization", "Bearer EAA-secret-token");
    }

    @Test
    void theTokenIsSealedAndInNoAnswer() {
        Reply reply = connect(Map.of());
        String id = reply.json().at("/account/accountId").asText();

        assertThat(reply.body() + server.call("GET", "/api/v1/accounts", null).body()
                + server.call("PUT", "/api/v1/accounts/" + id, Map.of("displayName", "n")).body())
                .doesNotContain("EAA-secret-token", "accessToken", "access_token");
        byte[] sealed = server.database().queryForObject("select access_token from account where id = ?", byte[].class, id);
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("EAA");
    }

    @Test
    void connectingAgainIsTheSameAccountWithTheNewToken() {
        String id = connect(Map.of("metaCapiDatasetId", "88")).json().at("/account/accountId").asText();
        Reply again = connect(Map.of("accessToken", "EAA-new"));

        assertThat(again.json().at("/account/accountId").asText()).isEqualTo(id);
        assertThat(listed(id).at("/metadata/metaCapiDatasetId").asText()).isEqualTo("88");
        assertThat(server.graph.calls("/" + number).get(1).headers()).containsEntry("authorization", "Bearer EAA-new");
    }

    @Test
    void aNumberOutsideCloudApiIsConnectedWithoutAskingMeta() {
        Reply reply = server.call("POST", "/api/v1/connect/whatsapp/credentials",
                Map.of("accessToken", "EAA", "wabaId", waba));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().at("/account/username").asText()).isEqualTo(waba);
        assertThat(server.graph.calls(waba)).isEmpty();
    }

    @Test
    void aTokenThatMetaRefusesConnectsNothing() {
        server.graph.next("/" + number, Reaction.of(401, "{\"error\":{\"message\":\"Invalid token\",\"code\":190}}"));

        Reply reply = connect(Map.of());

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/platformError/code").asInt()).isEqualTo(190);
        assertThat(server.database().queryForObject("select count(*) from account where phone_number_id = ?",
                Integer.class, number)).isZero();
    }

    @Test
    void aLoginPageThatAnswersInMetasPlaceConnectsNothing() {
        server.graph.next("/" + number, Reaction.of(200, "<html>Please log in</html>"));

        Reply reply = connect(Map.of());

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("error").asText()).contains("not Meta's", "Please log in");
    }

    @Test
    void aFailureOfMetaConnectsNothingEither() {
        server.graph.next("/" + number, Reaction.of(500, ""), Reaction.silence());

        assertThat(connect(Map.of()).status()).isEqualTo(502);
        assertThat(connect(Map.of()).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({"accessToken, ''", "accessToken, 'with space'", "wabaId, ''", "wabaId, ../me", "wabaId, 1?x=y",
        "phoneNumberId, 1/2", "phoneNumberId, ''", "metaCapiDatasetId, a b", "profileId, ''"})
    void aFieldThatBreaksTheSchemaIsRefusedByName(String field, String value) {
        Reply reply = connect(Map.of(field, value));

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("param").asText()).isEqualTo(field);
    }

    @Test
    void theListShowsWhatClientsKnowAndNoMore() {
        String id = connect(Map.of("profileId", "profile-" + waba)).json().at("/account/accountId").asText();

        JsonNode answer = server.call("GET", "/api/v1/accounts?profileId=profile-" + waba, null).json();

        assertThat(answer.fieldNames()).toIterable().containsExactlyInAnyOrder("accounts", "hasAnalyticsAccess");
        JsonNode account = answer.at("/accounts/0");
        assertThat(answer.path("accounts")).hasSize(1);
        assertThat(account.path("_id").asText()).isEqualTo(id);
        assertThat(account.has("id")).isFalse();
        assertThat(account.path("isActive").asBoolean()).isTrue();
        assertThat(account.path("profileId").asText()).isEqualTo("profile-" + waba);
        assertThat(account.path("metadata").fieldNames()).toIterable().containsExactlyInAnyOrder("wabaId",
                "phoneNumberId", "displayPhoneNumber", "verifiedName", "qualityRating", "nameStatus", "messagingLimitTier",
                "automaticEvents");
    }

    @Test
    void pagesCountAllThatFitAlsoBehindTheLastOne() {
        String profile = "pages-" + waba;
        for (int i = 0; i < 3; i++) {
            server.call("POST", "/api/v1/connect/whatsapp/credentials", Map.of("accessToken", "EAA", "wabaId", waba + i,
                    "profileId", profile));
        }
        assertPage(profile, 1, 2);
        assertPage(profile, 2, 1);
        assertPage(profile, 3, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=1", "limit=10", "page=0&limit=10", "page=1&limit=0", "page=1&limit=101",
        "page=x&limit=10", "status=lost"})
    void pageAndLimitGoTogetherAndHaveTheirRange(String query) {
        assertThat(server.call("GET", "/api/v1/accounts?" + query, null).status()).isEqualTo(400);
    }

    @Test
    void otherPlatformsHaveNoAccounts() {
        connect(Map.of());
        JsonNode answer = server.call("GET", "/api/v1/accounts?platform=instagram&page=1&limit=10", null).json();

        assertThat(answer.path("accounts")).isEmpty();
        assertThat(answer.at("/pagination/limit").asInt()).isEqualTo(10);
        assertThat(answer.at("/pagination/total").asInt()).isZero();
    }

    @Test
    void namesAndTheDatasetCanBeChangedEachAlone() {
        String id = connect(Map.of()).json().at("/account/accountId").asText();

        Reply named = server.call("PUT", "/api/v1/accounts/" + id, Map.of("displayName", "Shop", "username", "shop"));
        Reply set = server.call("PUT", "/api/v1/accounts/" + id, Map.of("metadata", Map.of("metaCapiDatasetId", "4242")));

        assertThat(named.json().path("displayName").asText()).isEqualTo("Shop");
        assertThat(set.status()).isEqualTo(200);
        assertThat(listed(id).path("username").asText()).isEqualTo("shop");
        assertThat(listed(id).at("/metadata/metaCapiDatasetId").asText()).isEqualTo("4242");
        assertThat(server.call("GET", "/api/v1/whatsapp/dataset?accountId=" + id, null).json().path("datasetId").asText())
                .isEqualTo("4242");
    }

    @Test
    void whatPhonesAndTimesMeanWithoutCountryAndZoneCanBeSet() {
        String id = connect(Map.of()).json().at("/account/accountId").asText();

        Reply set = server.call("PUT", "/api/v1/accounts/" + id,
                Map.of("metadata", Map.of("defaultCountry", "br", "timezone", "America/Sao_Paulo")));

        assertThat(set.status()).isEqualTo(200);
        assertThat(listed(id).at("/metadata/defaultCountry").asText()).isEqualTo("BR");
        assertThat(listed(id).at("/metadata/timezone").asText()).isEqualTo("America/Sao_Paulo");
    }

    @Test
    void nullRemovesADefaultAndLeavesTheOther() {
        String id = connect(Map.of()).json().at("/account/accountId").asText();
        change(id, "{\"metadata\":{\"defaultCountry\":\"BR\",\"timezone\":\"America/Sao_Paulo\"}}");

        assertThat(change(id, "{\"metadata\":{\"defaultCountry\":null}}").at("/metadata/defaultCountry").isMissingNode()).isTrue();
        assertThat(listed(id).at("/metadata/timezone").asText()).isEqualTo("America/Sao_Paulo");
        assertThat(change(id, "{\"metadata\":{\"timezone\":null}}").at("/metadata/timezone").isMissingNode()).isTrue();
    }

    private JsonNode change(String id, String body) {
        Reply reply = server.call("PUT", "/api/v1/accounts/" + id, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"metadata\":{}}", "{\"metadata\":7}", "{\"metadata\":{\"metaCapiDatasetId\":\"../x\"}}",
        "{\"metadata\":{\"metaCapiDatasetId\":null}}", "{\"username\":\"\"}", "{\"username\":\"\\ud83d\"}",
        "{\"displayName\":7}", "{\"xCapabilities\":{}}", "{\"metadata\":{\"defaultCountry\":\"Brazil\"}}",
        "{\"metadata\":{\"defaultCountry\":\"ZZ\"}}", "{\"metadata\":{\"timezone\":\"GMT+25\"}}",
        "{\"metadata\":{\"timezone\":7}}"})
    void aChangeThatIsNoneIsRefused(String body) {
        String id = connect(Map.of()).json().at("/account/accountId").asText();

        assertThat(server.call("PUT", "/api/v1/accounts/" + id, body).status()).isEqualTo(400);
    }

    @Test
    void aDisconnectedAccountIsGoneUntilItIsConnectedAgain() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("before");
        assertThat(server.call("DELETE", "/api/v1/accounts/" + account.id, null).json().path("message").asText()).isNotEmpty();

        assertThat(server.call("DELETE", "/api/v1/accounts/" + account.id, null).status()).isEqualTo(404);
        assertThat(server.call("PUT", "/api/v1/accounts/" + account.id, Map.of("username", "x")).status()).isEqualTo(404);
        assertThat(server.call("GET", "/api/v1/accounts", null).body()).doesNotContain(account.id);
        assertThat(server.call("GET", "/api/v1/accounts?status=disconnected", null).body()).contains(account.id);
        server.call("POST", "/api/v1/connect/whatsapp/credentials", Map.of("accessToken", "EAA", "wabaId", account.wabaId,
                "phoneNumberId", account.phoneNumberId));
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(200);
    }

    private void assertPage(String profile, int page, int size) {
        JsonNode answer = server.call("GET", "/api/v1/accounts?limit=2&profileId=" + profile + "&page=" + page, null).json();
        assertThat(answer.path("accounts")).hasSize(size);
        assertThat(answer.path("pagination").toString()).contains("\"page\":" + page, "\"limit\":2", "\"total\":3",
                "\"pages\":2");
    }

    private Reply connect(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("accessToken", "EAA-secret-token", "wabaId", waba,
                "phoneNumberId", number));
        body.putAll(more);
        return server.call("POST", "/api/v1/connect/whatsapp/credentials", body);
    }

    private JsonNode listed(String id) {
        List<JsonNode> found = new java.util.ArrayList<>();
        server.call("GET", "/api/v1/accounts", null).json().path("accounts").forEach(account -> {
            if (account.path("_id").asText().equals(id)) {
                found.add(account);
            }
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
