package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.local.DemoAccount;
import io.clickthread.security.HmacSha256;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is put into the folder is taken line by line; a database that is away leaves it where it is. */
@Tag("one-jdk")
class CsvFolderTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    private static Path folder;
    private static Proxy proxy;
    private static Server server;

    private final String unique = Webhooks.unique();
    private final String clickId = "ARAk-" + unique;

    @BeforeAll
    static void start() {
        URI database = URI.create(Server.newDatabase().substring("jdbc:".length()));
        proxy = new Proxy(database.getPort());
        server = Server.start(Map.of("clickthread.database.url",
                "jdbc:postgresql://localhost:" + proxy.port() + database.getPath(),
                "clickthread.database.username", "postgres", "clickthread.database.connection-timeout-millis", "500",
                "clickthread.sources.csv-folder.enabled", "true", "clickthread.sources.csv-folder.path", folder.toString(),
                "clickthread.sources.csv-folder.poll", "100ms", "clickthread.sources.csv-folder.account-id", DemoAccount.ID));
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
    }

    @Test
    void everyLineIsTakenAndTheFileIsDone() throws IOException {
        String phone = TestAccount.demo(server).clicked(clickId);
        put("good.csv", "\uFEFFphoneE164;eventName;eventId;value;currency;contentIds;notes\r\n"
                + "+" + phone + ";Purchase;a-" + unique + ";49.90;EUR;red|blue;\"two\nlines\"\r\n"
                + "\r\n"
                + phone + ";LeadSubmitted;b-" + unique + ";;;;\r\n");
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(2));
        assertThat(MetaEvents.of(server, clickId).get(0).at("/custom_data/content_ids")).hasSize(2);
        await().atMost(LONG).untilAsserted(() -> assertThat(found(".done")).anyMatch(name -> name.endsWith("-good.csv")));
        assertThat(folder.resolve("good.csv")).doesNotExist();
        assertThat(found(".failed")).noneMatch(name -> name.contains("good"));
    }

    @Test
    void aRefusedLineCostsTheOthersNothingAndIsListedAndKept() throws IOException {
        String phone = TestAccount.demo(server).clicked(clickId);
        put("mixed.csv", "phoneE164,eventName,eventId,value\n"
                + phone + ",Lead,x-" + unique + ",\n"
                + phone + ",LeadSubmitted,y-" + unique + ",much\n"
                + phone + ",LeadSubmitted,z-" + unique + ",1.5,too,many\n"
                + Webhooks.phone() + ",LeadSubmitted,w-" + unique + ",\n"
                + phone + ",LeadSubmitted,v-" + unique + ",12\n");
        await().atMost(LONG).untilAsserted(() -> assertThat(found(".failed")).anyMatch(name -> name.endsWith("-mixed.csv")));
        String list = Files.readString(folder.resolve(".failed").resolve(found(".failed").stream()
                .filter(name -> name.endsWith("-mixed.refused.csv")).findFirst().orElseThrow()));
        assertThat(list.lines()).hasSize(5).contains("line,reason").anyMatch(line -> line.startsWith("2,\"Meta does not"))
                .anyMatch(line -> line.startsWith("3,\"'value' must be")).anyMatch(line -> line.startsWith("4,\"It has more"))
                .anyMatch(line -> line.startsWith("5,\"No CTWA"));
        assertThat(list).doesNotContain(phone);
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        assertThat(server.database().queryForList("select reason from quarantined_webhook where provider = 'csv-folder'",
                String.class)).anyMatch(reason -> reason.startsWith("mixed.csv, line 2: Meta"));
    }

    @Test
    void aSaleWithoutItsAmountAndALineThatContradictsAnEarlierOneAreRefusedWithTheirReasons() throws IOException {
        String phone = TestAccount.demo(server).clicked(clickId);
        put("sales.csv", "phoneE164,eventName,eventId,value,currency\n"
                + phone + ",Purchase,x-" + unique + ",,\n"
                + phone + ",Purchase,y-" + unique + ",1,EUR\n"
                + phone + ",Purchase,y-" + unique + ",1,EUR\n"
                + phone + ",Purchase,y-" + unique + ",2,EUR\n");
        assertThat(refused("sales").lines()).satisfiesExactly(line -> assertThat(line).isEqualTo("line,reason"),
                line -> assertThat(line).startsWith("2,\"A 'Purchase' needs 'value'").contains("2804009", "2804010"),
                line -> assertThat(line).startsWith("5,\"This 'eventId' was taken before").contains("'value' differs"));
    }

    @Test
    void aFileWhoseLastLineIsRefusedEndsWithTheReasonOfEachLine() throws IOException {
        put("last.csv", "eventId,eventName,phoneE164,value,currency\nl1,,5511940000017,1,BRL\nl2,,5511940000017,1,BRL\n");
        put("only.csv", "eventId;eventName;Telefone;valor;moeda\no1;Purchase;5,51194E+12;1.500;BRL");
        assertThat(refused("last").lines()).satisfiesExactly(line -> assertThat(line).isEqualTo("line,reason"),
                line -> assertThat(line).startsWith("2,\"'eventName' is required").contains("Column \"\"eventName\"\" is empty."),
                line -> assertThat(line).startsWith("3,\"'eventName' is required"));
        assertThat(refused("only")).contains("\"\"Telefone\"\" has \"\"5,51194E+12\"\"", "\"\"valor\"\" has \"\"1.500\"\"");
        assertThat(folder.resolve("last.csv")).doesNotExist();
        assertThat(folder.resolve("only.csv")).doesNotExist();
    }

    @Test
    void aFileOfWindows1252WithTrailingRowsIsDone() throws IOException {
        String phone = TestAccount.demo(server).clicked(clickId);
        put("old.csv", ("sep=;\r\neventId;eventName;telefone;valor;moeda;nome;\r\nw1-" + unique + ";Purchase;'" + phone
                + ";R$ 1.234,56;BRL;Jo\u00E3o;\r\nw2-" + unique + ";Purchase;" + phone + ";1.500;BRL;Ana;\r\n;;;;;;\r\n;;;;;;\r\n")
                .getBytes(Charset.forName("windows-1252")));
        await().atMost(LONG).untilAsserted(() -> assertThat(found(".done")).anyMatch(name -> name.endsWith("-old.csv")));
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).map(event -> event.at("/custom_data/value")
                .decimalValue().toPlainString()).containsExactlyInAnyOrder("1234.56", "1500"));
    }

    @Test
    void aTimeWithoutAZoneIsTheAccountsOrRefused() throws IOException {
        TestAccount away = TestAccount.connect(server);
        String phone = away.clicked(clickId);
        String local = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").format(Instant.now().minusSeconds(600).atZone(ZoneId.of("Asia/Tokyo")));
        String csv = "eventId;eventName;phone;eventTime;accountId\n@;LeadSubmitted;" + phone + ";" + local + ";" + away.id + "\n";
        put("nowhere.csv", csv.replace("@", "x-" + unique));
        assertThat(refused("nowhere")).contains("2,", "\"\"eventTime\"\" has \"\"" + local + "\"\"", "offset");
        assertThat(server.call("PUT", "/api/v1/accounts/" + away.id, Map.of("metadata", Map.of("timezone", "Asia/Tokyo"))).status())
                .isEqualTo(200);
        put("tokyo.csv", csv.replace("@", "y-" + unique));
        await().atMost(LONG).untilAsserted(() -> assertThat(found(".done")).anyMatch(name -> name.endsWith("-tokyo.csv")));
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        assertThat(MetaEvents.of(server, clickId).get(0).path("event_time").asLong()).isBetween(TestAccount.now() - 700, TestAccount.now() - 500);
    }

    @Test
    void aFileWithoutAHeaderOrWithABrokenEndIsListedAsFailed() throws IOException {
        String phone = TestAccount.demo(server).clicked(clickId);
        put("bare.csv", "1,2,3\n4,5,6\n");
        put("empty.csv", ""); // its sender has not begun to write
        put("torn.csv", "phoneE164,eventName,eventId\n" + phone + ",LeadSubmitted," + unique + "\n" + phone + ",\"LeadSubmitted,x");
        await().atMost(LONG).untilAsserted(() -> assertThat(found(".failed")).anyMatch(name -> name.endsWith("-bare.refused.csv"))
                .anyMatch(name -> name.endsWith("-torn.refused.csv")));
        assertThat(folder.resolve("empty.csv")).exists();
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
    }

    @Test
    void whileTheDatabaseIsAwayTheFileStaysAndAWebhookIsAskedToComeAgain() throws IOException {
        String phone = TestAccount.demo(server).clicked(clickId);
        proxy.cut();
        put("away.csv", "phoneE164,eventName,eventId\n" + phone + ",LeadSubmitted,1-" + unique + "\nbad,Lead,2-" + unique + "\n");
        assertThat(webhook(Map.of("phoneE164", phone, "eventName", "LeadSubmitted", "eventId", "3-" + unique)).status()).isEqualTo(503);
        assertThat(webhook(Map.of("eventName", "Lead")).status()).as("it could not be kept").isEqualTo(503);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(folder.resolve("away.csv")).exists());
        proxy.mend();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(found(".failed")).anyMatch(name -> name.endsWith("-away.refused.csv")));
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).map(event -> event.path("event_id").asText())
                .containsExactly("1-" + unique));
        assertThat(folder.resolve("away.csv")).doesNotExist();
    }

    private static Reply webhook(Object fields) {
        byte[] body = Server.json(fields);
        return server.send("POST", "/sources/webhook/shop", body, "Content-Type", "application/json", "X-Webhook-Signature",
                HexFormat.of().formatHex(new HmacSha256(Server.SOURCE_SECRET).sign(body)));
    }

    /** Whole at once, as a careful sender does it. */
    private static void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(String name, byte[] content) throws IOException {
        Path written = Files.write(folder.resolve(name + ".part"), content);
        Files.move(written, folder.resolve(name));
    }

    /** The list of refused lines of a file that ended in {@code .failed}. */
    private static String refused(String name) throws IOException {
        await().atMost(LONG).untilAsserted(() -> assertThat(found(".failed")).anyMatch(one -> one.endsWith("-" + name + ".csv")));
        return Files.readString(folder.resolve(".failed").resolve(found(".failed").stream()
                .filter(one -> one.endsWith("-" + name + ".refused.csv")).findFirst().orElseThrow()));
    }

    private static List<String> found(String below) throws IOException {
        if (!Files.exists(folder.resolve(below))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
