package io.clickthread.conversion;

import io.clickthread.account.Account;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Completes requests with their account and with how they are to be taken. */
@Component("newConversions")
public class NewConversions {

    private final Settings settings;
    private final Clock clock;

    NewConversions(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A request as it will be stored.
     *
     * @param request that {@link ConversionRules#check} has passed
     * @param account its account, which has a dataset
     * @param options how it is to be taken
     * @return a row of {@code accept-conversions.sql}
     */
    public NewConversion of(ConversionRequest request, Account account, IntakeOptions options) {
        return new NewConversion(options.id() == null ? Ids.next() : options.id(), account.id(), request.conversationId(),
                request.phone(), request.aliases(), settings.conversions().click() == Settings.ClickChoice.LAST_CLICK,
                account.datasetId(), account.wabaId(), request.eventName(), request.eventId(), request.eventTime(),
                options.timeOfMessage() ? null : request.givenTime(), request.value(), request.currency(),
                Conversion.json(request.contentIds()), request.customData(), request.emailHash(), request.externalIdHash(),
                request.testCode(), options.async() ? null : settings.delivery().lease().toMillis(),
                parkMillis(request, options), null, null, request.ignored());
    }

    private Long parkMillis(ConversionRequest request, IntakeOptions options) {
        if (options.waitForClick() == null) {
            return null;
        }
        Duration life = life(request);
        return (options.waitForClick().compareTo(life) < 0 ? options.waitForClick() : life).toMillis();
    }

    /** How long Meta takes the event, with time left to send it. */
    private Duration life(ConversionRequest request) {
        Instant end = Instant.ofEpochSecond(request.eventTime()).plus(settings.conversions().maxAge())
                .minus(settings.delivery().lastTry());
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
