package io.clickthread.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The project's own routes with one thing broken: the fault names the file, the line and what to write instead. */
class RouteCheckTest {

    private static final Map<String, String> ROUTES = routes();

    /** Each file is read once, and each bean and statement looked up once, because the check runs once for every file. */
    private static final Map<List<String>, RouteFile> READ = new HashMap<>();
    private static Surroundings around;

    /** A route, what to change in it, how many lines below its id that is, and what a fault says then. */
    static Stream<Arguments> breaks() {
        return Stream.of(
                in("send-conversions", "direct:update-destination", "direct:update-destinatio",
                        25, "no route starts from direct:update-destinatio: write direct:update-destination"),
                in("wake-senders", "seda:send-due-conversions", "seda:send-due",
                        7, "no route starts from seda:send-due: write seda:send-due-conversions"),
                in("wake-senders", "seda:send-due-conversions", "seda:elsewhere",
                        7, "no route starts from seda:elsewhere: write the name of one that is there, "
                                + "or add a route with from: seda:elsewhere"),
                in("capture-clicks", "webhook.isNew}", "webhook.isNewz}",
                        9, "${variable.webhook.isNewz} has no isNewz: write isNew"),
                in("capture-clicks", "webhook.isQuarantined", "webhook.isRefused",
                        50, "${variable.webhook.isRefused} has no isRefused"),
                in("send-conversions", "body.destination}", "body.destinatio}",
                        23, "${body.destinatio} has no destinatio: write destination"),
                in("replay-clicks", "variable.round.isOpen", "variable.round.isOpn",
                        17, "${variable.round.isOpn} has no isOpn: write isOpen"),
                in("replay-clicks", "variable.round.isOpen", "variable.rund.isOpen",
                        17, "no route sets the variable rund: write round"),
                in("capture-clicks", "{expression: webhook}", "{expression: webhok}",
                        54, "no route sets the variable webhok: write webhook"),
                in("send-conversions", "judge(${variable.delivery}", "judge(${variable.deliveri}",
                        20, "no route sets the variable deliveri: write delivery"),
                in("send-conversions", "routeConfigurationId: caller-handles", "routeConfigurationId: caller-handle",
                        2, "there is no routeConfiguration caller-handle: write caller-handles"),
                in("send-conversions", "ref: responseEvaluator", "ref: responseEvaluatr", 20, "there is no bean responseEvaluatr: write responseEvaluator"),
                in("record-result", "method: rows", "method: row",
                        6, "the bean deliveryResults has no method row: write rows"),
                in("send-conversions", "judge(${variable.delivery}, ${body})", "judge(${variable.delivery})",
                        20, "the bean responseEvaluator has no method judge(${variable.delivery}) with so many arguments: "
                                + "write as many as it takes"),
                in("request-graph", "ref: writeGraphCall", "ref: datasets",
                        6, "the bean datasets is no processor: write 'bean: {ref: datasets, method: …}'"),
                in("quarantine-webhook", "method: isWanted", "method: isWantd",
                        8, "the bean fieldSamples has no method isWantd: write isWanted"),
                in("receive-twilio-webhook", "Ref: provider-webhook", "Ref: provider-webhok",
                        1, "there is no routeTemplate provider-webhok: write provider-webhook"),
                in("receive-twilio-webhook", "name: consumes", "name: consume",
                        2, "the routeTemplate provider-webhook has no parameter consume: write consumes"),
                in("receive-twilio-webhook", "      - {name: provider, value: twilio}\n", "",
                        2, "the routeTemplate provider-webhook needs the parameter provider: add {name: provider, value: …}"),
                in("receive-shopify-order", "value: base64", "value: base46",
                        2, "the parameter encoding cannot be base46: write what fits hex|base64"),
                in("receive-shopify-order", "value: shopify", "value: my shop", 2, "a source cannot be called my shop: write small letters"),
                in("receive-shopify-order", "value: shopify", "value: meta", 2, "a source cannot be called meta, as something else is"),
                in("receive-stripe-payment", "{timestamp}.", "{timestamp}'", 2, "the parameter signed cannot be {timestamp}'{body}: "
                        + "write it without quotes"),
                in("receive-stripe-payment", "value: stripe", "value: shopify",
                        2, "the source shopify stands in routes/sources/shopify.camel.yaml:5, too: write another name"),
                in("load-conversion", "find-conversion.sql", "find-conversio.sql",
                        9, "there is no statement classpath:sql/find-conversio.sql: write the name"),
                in("load-conversion", "{parametersCount: 1, ", "{parametersCount: 2, ",
                        10, "classpath:sql/find-conversion.sql has 1 parameters: write parametersCount: 1"),
                in("request-graph", "{{clickthread.graph.url}}", "{{clickthread.graph.uri}}",
                        9, "the property clickthread.graph.uri has no value: set it, or write a default"),
                in("capture-clicks", "id: capture-clicks", "id: list-destinations",
                        0, "the id list-destinations stands in routes/api/delivery.camel.yaml:15, too: write another one"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aRouteThatNamesWhatIsNotThereIsNamedByFileAndLine(String route, String from, String to, int line, String said) {
        Pattern id = Pattern.compile("(?m)^    (?:id|routeId): " + route + "$");
        String name = ROUTES.keySet().stream().filter(file -> id.matcher(ROUTES.get(file)).find()).findFirst().orElseThrow();
        String text = ROUTES.get(name);
        int begin = id.matcher(text).results().findFirst().orElseThrow().start();
        int at = text.indexOf(from, begin);
        assertThat(at).as("what is to be changed").isNotNegative();
        Map<String, String> broken = new TreeMap<>(ROUTES);
        broken.put(name, text.substring(0, at) + to + text.substring(at + from.length()));
        List<Fault> faults = faults(broken);
        String where = "routes/" + name + ":" + (text.substring(0, begin).lines().count() + 1 + line) + ": ";
        assertThat(faults).anySatisfy(fault -> assertThat(fault.toString()).startsWith(where + said));
        assertThat(faults).allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("\n"));
    }

    @Test
    void theProjectsRoutesHaveNoFault() {
        assertThat(faults(ROUTES)).isEmpty();
    }

    @Test
    void aFileThatIsMissingIsMissedByWhatCallsItOrByItsName() {
        for (String file : ROUTES.keySet()) {
            Map<String, String> without = new TreeMap<>(ROUTES);
            without.remove(file);
            assertThat(faults(without)).as(file).isNotEmpty();
        }
    }

    @Test
    void aFileThatIsNoYamlIsNamedByItsLine() {
        List<Fault> faults = new ArrayList<>();
        RouteFile.read("routes/a.camel.yaml", "- route:\n    id: a\n    from: {uri: direct:a\n    steps: []\n", faults);
        RouteFile.read("routes/b.camel.yaml", "route: {}\n", faults);
        RouteFile.read("routes/c.camel.yaml", "- route:\n    id: a\n    id: b\n", faults);
        assertThat(faults).hasSize(3);
        assertThat(faults.get(0).toString()).startsWith("routes/a.camel.yaml:4: this is no YAML (");
        assertThat(faults.get(1).toString()).isEqualTo("routes/b.camel.yaml:1: this is no list of routes: begin it with '- route:'");
        assertThat(faults.get(2).toString()).startsWith("routes/c.camel.yaml:3: this is no YAML (");
    }

    /** A step that somebody adds with what the page on routes shows is no fault. */
    @Test
    void stepsThatTheCheckDoesNotKnowAreNoFault() {
        Map<String, String> more = new TreeMap<>(ROUTES);
        more.put("own/own.camel.yaml", """
                - route:
                    id: own
                    from:
                      uri: direct:own
                      steps:
                        - log: "${body.something}"
                        - unmarshal: {json: {}}
                        - setBody: {simple: "${body[name]} ${body.anything} ${header.x} ${exchangeId} ${date:now:yyyy}"}
                        - split: {tokenize: {token: ","}, steps: [{log: "${body} ${body.length}"}]}
                        - enrich: {constant: {expression: "direct:capture-clicks"}}
                        - toD: "direct:${header.where}"
                        - to: {uri: "http://crm.example/x", variableReceive: answer}
                        - setBody: {simple: "${variable.answer} ${variable.answer.anything}"}
                        - to: "log:own?showAll=true"
                """);
        assertThat(faults(more)).isEmpty();
    }

    /** The lists of what Java calls and sets are those of the sources. */
    @Test
    void theListsOfJavaAreComplete() throws IOException {
        Set<String> called = new TreeSet<>();
        for (Path file : Sources.java()) {
            if (!file.startsWith(Sources.MAIN.resolve("io/clickthread/check"))) {
                Pattern.compile("\"(direct:[a-z-]+)\"").matcher(Files.readString(file)).results()
                        .forEach(match -> called.add(match.group(1)));
            }
        }
        assertThat(Surroundings.CALLED_BY_JAVA).containsExactlyInAnyOrderElementsOf(called);
    }

    private static Arguments in(String route, String from, String to, int line, String said) {
        return Arguments.of(route, from, to, line, said);
    }

    private static List<Fault> faults(Map<String, String> routes) {
        List<Fault> faults = new ArrayList<>();
        List<RouteFile> files = routes.entrySet().stream()
                .map(file -> READ.computeIfAbsent(List.of(file.getKey(), file.getValue()),
                        key -> RouteFile.read("routes/" + file.getKey(), file.getValue(), faults))).toList();
        assertThat(faults).isEmpty();
        around = around == null ? surroundings() : around;
        return RouteCheck.faults(files, around);
    }

    private static Surroundings surroundings() {
        var context = Server.shared().context;
        Map<String, String> shipped = new TreeMap<>();
        ROUTES.forEach((path, text) -> {
            RouteFile file = RouteFile.read("routes/" + path, text, new ArrayList<>());
            file.routes().forEach(route -> shipped.put(route.path("id").asText(), file.path()));
            file.below("templatedRoute").forEach(use -> shipped.put(use.path("routeId").asText(), file.path()));
            file.below("routeConfiguration").forEach(policy -> shipped.put(policy.path("id").asText(), file.path()));
        });
        Set<String> names = new TreeSet<>(Arrays.asList(context.getBeanDefinitionNames()));
        names.removeIf(name -> name.contains("."));
        Map<String, Optional<Class<?>>> types = new HashMap<>();
        Map<String, Optional<String>> statements = new HashMap<>();
        return new Surroundings(name -> types.computeIfAbsent(name, bean -> Optional.ofNullable(context.containsBean(bean)
                ? context.getType(bean) : null)).orElse(null), names,
                address -> statements.computeIfAbsent(address, file -> Optional.ofNullable(
                        read(Path.of(file.replace("classpath:", "src/main/resources/"))))).orElse(null),
                name -> context.getEnvironment().getProperty(name) != null, shipped, Surroundings.CALLED_BY_JAVA,
                Surroundings.SET_BY_JAVA);
    }

    private static Map<String, String> routes() {
        Path root = Path.of("routes");
        try (Stream<Path> files = Files.walk(root)) {
            Map<String, String> found = new TreeMap<>();
            files.filter(Files::isRegularFile).forEach(file -> found.put(root.relativize(file).toString(), read(file)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
