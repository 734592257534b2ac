package io.clickthread.rules;

import static io.clickthread.rules.HouseRule.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that nothing breaks guards nothing: each is broken here by one change to a good bundle. */
class EveryRuleCanFailTest {

    private static final String ROUTE = """
            - route:
                id: save-thing
                description: Saves a thing.
                routeConfigurationId: http-errors
                from:
                  uri: platform-http:/api/v1/things
                  parameters: {httpMethodRestrict: POST, consumes: application/json}
                  steps:
                    - process: {ref: readRequest}
                    - bean: {ref: things, method: "read(${body})"}
                    - to:
                        uri: sql:classpath:sql/save-thing.sql
                        parameters: {parametersCount: 2}
                    - to: direct:tell
                    - process: {ref: writeResponse}
            """;
    private static final String CALLED = """
            - route:
                id: tell
                description: Tells somebody.
                routeConfigurationId: http-errors
                from:
                  uri: direct:tell
                  steps:
                    - bean: {ref: things, method: read}
            """;
    private static final String POLICY = """
            - routeConfiguration:
                id: http-errors
                description: Answers what failed.
                onException:
                  - onException:
                      exception: [java.lang.Throwable]
                      handled: {constant: {expression: "true"}}
            """;
    private static final String SQL = "-- Keeps a thing once.\n-- :#not a parameter\n"
            + "insert into thing values (:#id, :#name)\n";

    /** One change to the good bundle, and the rule that it breaks. */
    record Break(HouseRule rule, String from, String to) {
    }

    static Stream<Break> breaks() {
        return Stream.of(
                of(EVERYTHING_HAS_A_NAME_IN_KEBAB_CASE, "id: tell", "id: tellAll"),
                of(EVERYTHING_HAS_A_NAME_IN_KEBAB_CASE, "    id: tell\n", ""),
                of(EVERY_ID_IS_UNIQUE, "id: tell", "id: save-thing"),
                of(EVERY_ROUTE_SAYS_IN_ONE_SENTENCE_WHAT_IT_DOES, "    description: Saves a thing.\n", ""),
                of(EVERY_ROUTE_SAYS_IN_ONE_SENTENCE_WHAT_IT_DOES, "Saves a thing.", "Saves a thing. Then tells."),
                of(EVERY_ROUTE_SAYS_IN_ONE_SENTENCE_WHAT_IT_DOES, "Saves a thing.", "Saves a thing"),
                of(EVERY_ROUTE_HAS_AN_ERROR_POLICY_THAT_EXISTS, "Id: http-errors", "Id: http-error"),
                of(EVERY_ROUTE_HAS_AN_ERROR_POLICY_THAT_EXISTS, "    routeConfigurationId: http-errors\n", ""),
                of(THE_USE_OF_A_TEMPLATE_FINDS_IT, "- route:\n    id: tell\n",
                        "- templatedRoute: {routeId: tell, routeTemplateRef: nowhere}\n- route:\n    id: tell\n"),
                of(ERROR_POLICY_LIVES_APART, "- to: direct:tell", "- onFallback: {steps: [{to: direct:tell}]}"),
                of(FILES_ARE_SHORT, "steps:\n", "steps:\n" + "        - log: {message: again}\n".repeat(160)),
                of(NO_STATE_TRAVELS_IN_HEADERS,
                        "- to: direct:tell", "- setHeader: {name: x, constant: {expression: y}}"),
                of(DATA_NEVER_CHOOSES_AN_ENDPOINT, "- to: direct:tell", "- enrich: {simple: {expression: 'direct:${body}'}}"),
                of(DATA_NEVER_CHOOSES_AN_ENDPOINT, "- to: direct:tell", "- wireTap: {uri: 'direct:${body}'}"),
                of(DATA_NEVER_CHOOSES_AN_ENDPOINT, "- to: direct:tell", "- toD: {uri: 'direct:tell'}"),
                of(DATA_NEVER_CHOOSES_AN_ENDPOINT, "to: direct:tell", "to: 'direct:${body}'"),
                of(DATA_NEVER_CHOOSES_AN_ENDPOINT, "to: direct:tell", "to: 'direct:$simple{body}'"),
                of(DATA_NEVER_CHOOSES_AN_ENDPOINT,
                        "- to: direct:tell", "- pollEnrich: {simple: {expression: '${body}'}}"),
                of(A_TIMER_ENDS_ITS_ROUND_BEFORE_THE_NEXT, "uri: direct:tell", "uri: timer:tell"),
                of(AN_HTTP_ROUTE_NAMES_ITS_METHODS, "httpMethodRestrict: POST, ", ""),
                of(AN_HTTP_ROUTE_NAMES_ITS_METHODS, "Restrict: POST", "Restrict: \"POST, PUT\""),
                of(AN_HTTP_ROUTE_SAYS_WHAT_BODY_IT_TAKES, ", consumes: application/json", ""),
                of(AN_HTTP_ROUTE_SAYS_WHAT_BODY_IT_TAKES, "application/json", "text/plain"),
                of(AN_HTTP_ROUTE_SAYS_WHAT_BODY_IT_TAKES, "Restrict: POST", "Restrict: GET"),
                of(AN_HTTP_ROUTE_OPENS_THE_REQUEST_FIRST_AND_SENDS_THE_ANSWER_LAST,
                        "        - process: {ref: readRequest}\n", ""),
                of(AN_HTTP_ROUTE_OPENS_THE_REQUEST_FIRST_AND_SENDS_THE_ANSWER_LAST,
                        "        - process: {ref: writeResponse}\n", ""),
                of(AN_HTTP_ROUTE_IS_WHERE_THE_GUARD_EXPECTS_IT, "/api/v1/things", "/things"),
                of(AN_HTTP_ROUTE_IS_WHERE_THE_GUARD_EXPECTS_IT, "/api/v1/things", "/webhooks/things"),
                of(AN_HTTP_ROUTE_WITHOUT_A_KEY_VERIFIES_ITS_CALLER_FIRST, "/api/v1/things", "/webhooks/things"),
                of(A_SOURCE_IS_OFF_UNTIL_IT_IS_SWITCHED_ON, "/api/v1/things", "/sources/things"),
                of(A_STATEMENT_IS_A_FILE_THAT_EXISTS, "sql/save-thing.sql", "sql/keep-thing.sql"),
                of(A_STATEMENT_IS_A_FILE_THAT_EXISTS, "sql:classpath:sql/save-thing.sql", "sql:delete from thing"),
                of(A_STATEMENT_GETS_AS_MANY_PARAMETERS_AS_IT_NAMES, "parametersCount: 2", "parametersCount: 3"),
                of(A_STATEMENT_GETS_AS_MANY_PARAMETERS_AS_IT_NAMES, "parametersCount: 2", "outputType: SelectOne"),
                of(A_STATEMENT_GETS_AS_MANY_PARAMETERS_AS_IT_NAMES, ":#name)", ":#name, :#more)"),
                of(A_STATEMENT_BEGINS_WITH_ITS_PROMISE, "-- Keeps a thing once.\n-- :#not a parameter\n", ""),
                of(A_STATEMENT_IS_USED, "        - to:\n            uri: sql:classpath:sql/save-thing.sql\n"
                        + "            parameters: {parametersCount: 2}\n", ""),
                of(A_DIRECT_CALL_FINDS_ITS_ROUTE, "to: direct:tell", "to: direct:say"),
                of(A_DIRECT_ROUTE_IS_CALLED, "        - to: direct:tell\n", ""),
                of(A_BEAN_STEP_FINDS_ITS_METHOD, "ref: things", "ref: thingies"),
                of(A_BEAN_STEP_FINDS_ITS_METHOD, "method: \"read(${body})\"", "method: write"),
                of(A_BEAN_STEP_FINDS_ITS_METHOD, ", method: \"read(${body})\"", ""),
                of(A_BEAN_STEP_FINDS_ITS_METHOD, "process: {ref: readRequest}", "process: {ref: things}"),
                of(A_BEAN_STEP_FINDS_ITS_METHOD, "to: direct:tell", "to: bean:things?method=read"),
                of(AN_EXPRESSION_FINDS_WHAT_IT_NAMES, "read(${body})", "read(${variable.nothing})"),
                of(EVERY_FILE_FITS_THE_SCHEMA_OF_CAMEL, "description: Saves", "descriptions: Saves"),
                of(EVERY_FILE_FITS_THE_SCHEMA_OF_CAMEL, "- to: direct:tell", "- too: direct:tell"),
                of(EVERY_ENDPOINT_OPTION_IS_KNOWN_TO_CAMEL, "parametersCount: 2", "parameterCount: 2"),
                of(EVERY_ENDPOINT_OPTION_IS_KNOWN_TO_CAMEL, "parametersCount: 2", "parametersCount: two"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void theRuleFindsWhatBreaksIt(Break change) {
        Bundle broken = bundle(change.from(), change.to());
        assertThat(change.rule().brokenBy(broken)).isNotEmpty();
    }

    @Test
    void aGoodBundleBreaksNoRule() {
        Bundle good = bundle("", "");
        assertThat(HouseRule.values()).allSatisfy(rule -> assertThat(rule.brokenBy(good)).isEmpty());
    }

    @Test
    void noRuleIsWithoutProof() {
        assertThat(breaks().map(Break::rule).collect(Collectors.toSet()))
                .containsAll(Arrays.asList(HouseRule.values()));
    }

    /** A bean of the example. */
    public static final class Things {

        public String read(String body) {
            return body;
        }
    }

    private static Break of(HouseRule rule, String from, String to) {
        return new Break(rule, from, to);
    }

    private static Bundle bundle(String from, String to) {
        if (!from.isEmpty()) {
            assertThat(ROUTE + CALLED + POLICY + SQL).as("what is to be changed").contains(from);
        }
        List<RouteFile> files = List.of(
                RouteFile.of("things/save-thing.camel.yaml", changed(ROUTE, from, to)),
                RouteFile.of("things/tell.camel.yaml", changed(CALLED, from, to)),
                RouteFile.of("errors/http-errors.camel.yaml", POLICY));
        Map<String, Class<?>> beans = Map.of("things", Things.class, "readRequest", Step.class,
                "writeResponse", Step.class);
        return new Bundle(files, Map.of("save-thing", changed(SQL, from, to)), Set.of(), Set.of(), beans::get);
    }

    private static String changed(String text, String from, String to) {
        return from.isEmpty() ? text : text.replace(from, to);
    }

    private static final class Step implements Processor {

        @Override
        public void process(Exchange exchange) {
            // never run
        }
    }
}
