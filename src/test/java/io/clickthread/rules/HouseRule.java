package io.clickthread.rules;

import io.clickthread.check.Expressions;
import io.clickthread.check.Ids;
import io.clickthread.check.Targets;
import io.clickthread.check.Templates;
import java.util.List;
import java.util.function.Function;

/** The rules that a bundle of routes keeps; each names what breaks it. */
enum HouseRule {
    EVERYTHING_HAS_A_NAME_IN_KEBAB_CASE(RouteShape::namesAreKebabCase),
    EVERY_ID_IS_UNIQUE(bundle -> bundle.found(Ids::unique)),
    EVERY_ROUTE_SAYS_IN_ONE_SENTENCE_WHAT_IT_DOES(RouteShape::oneSentence),
    EVERY_ROUTE_HAS_AN_ERROR_POLICY_THAT_EXISTS(RouteShape::errorPolicyExists),
    THE_USE_OF_A_TEMPLATE_FINDS_IT(bundle -> bundle.found(Templates::exist)),
    ERROR_POLICY_LIVES_APART(RouteShape::errorPolicyLivesApart),
    FILES_ARE_SHORT(RouteShape::isShort),
    NO_STATE_TRAVELS_IN_HEADERS(RouteShape::noStateInHeaders),
    DATA_NEVER_CHOOSES_AN_ENDPOINT(RouteShape::noDynamicEndpoint),
    A_TIMER_ENDS_ITS_ROUND_BEFORE_THE_NEXT(RouteShape::oneRoundAtATime),

    AN_HTTP_ROUTE_NAMES_ITS_METHODS(HttpRoutes::namesItsMethods),
    AN_HTTP_ROUTE_SAYS_WHAT_BODY_IT_TAKES(HttpRoutes::saysWhatItTakes),
    AN_HTTP_ROUTE_OPENS_THE_REQUEST_FIRST_AND_SENDS_THE_ANSWER_LAST(HttpRoutes::isGuarded),
    AN_HTTP_ROUTE_IS_WHERE_THE_GUARD_EXPECTS_IT(HttpRoutes::isInItsPlace),
    AN_HTTP_ROUTE_WITHOUT_A_KEY_VERIFIES_ITS_CALLER_FIRST(HttpRoutes::verifiesItsCaller),
    A_SOURCE_IS_OFF_UNTIL_IT_IS_SWITCHED_ON(HttpRoutes::sourceIsOff),

    A_STATEMENT_IS_A_FILE_THAT_EXISTS(Statements::isAFile),
    A_STATEMENT_GETS_AS_MANY_PARAMETERS_AS_IT_NAMES(Statements::countsItsParameters),
    A_STATEMENT_BEGINS_WITH_ITS_PROMISE(Statements::beginsWithItsPromise),
    A_STATEMENT_IS_USED(Statements::isUsed),

    A_DIRECT_CALL_FINDS_ITS_ROUTE(bundle -> bundle.found(Targets::exist)),
    A_DIRECT_ROUTE_IS_CALLED(Wiring::directRoutesAreCalled),
    A_BEAN_STEP_FINDS_ITS_METHOD(Wiring::beanStepsFindTheirMethod),
    AN_EXPRESSION_FINDS_WHAT_IT_NAMES(bundle -> bundle.found(Expressions::find)),
    EVERY_FILE_FITS_THE_SCHEMA_OF_CAMEL(CamelKnows::fitsTheSchema),
    EVERY_ENDPOINT_OPTION_IS_KNOWN_TO_CAMEL(CamelKnows::endpointOptions);

    private final Function<Bundle, List<String>> check;

    HouseRule(Function<Bundle, List<String>> check) {
        this.check = check;
    }

    /** What breaks this rule: a line each, beginning with the file. */
    List<String> brokenBy(Bundle bundle) {
        return check.apply(bundle);
    }
}
