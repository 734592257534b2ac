package io.clickthread.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.channel.Provider;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Asks Meta how it has an account on Cloud API, for the health of its channel and when it is connected. What Meta said is
 * remembered for a while, so that asking for the health often costs Meta nothing. It never fails: what cannot be told is null.
 */
@Component("metaChecks")
public class MetaChecks {

    private final Accounts accounts;
    private final Tokens tokens;
    private final Clock clock;
    private final List<String> secrets;
    private final Cache<String, Map<String, Object>> known;

    MetaChecks(Accounts accounts, Tokens tokens, Clock clock, Settings settings) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
        this.secrets = Arrays.stream(settings.meta().appSecret().split(",")).map(String::strip).toList();
        this.known = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(settings.webhooks().metaCheckLife()).build();
    }

    /**
     * What is to be asked for an answer.
     *
     * @param answer a channel's health, or that to a connection, whose account is looked at afresh
     * @return the check; null if there is nothing to ask: the number is not on Cloud API, or what Meta said is known
     */
    public MetaCheck of(Map<String, Object> answer) {
        boolean isConnection = answer.containsKey("account");
        Account account = account(answer);
        String number = number(answer, account);
        return number == null || !isConnection && known.getIfPresent(number) != null ? null
                : new MetaCheck(account, tokens.open(account), secrets);
    }

    /**
     * Takes Meta's answer to a call.
     *
     * @param check  that made the call
     * @param answer whatever came
     */
    public void answered(MetaCheck check, GraphAnswer answer) {
        check.answered(answer);
    }

    /**
     * Remembers what Meta said.
     *
     * @param check that ended
     */
    public void done(MetaCheck check) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("subscribed", check.subscribed());
        meta.put("subscribedFields", check.fields());
        meta.put("missingFields", MetaAdvice.missing(check));
        meta.put("roles", check.roles());
        meta.put("isStandby", check.standby());
        meta.put("advice", MetaAdvice.of(check));
        meta.put("checkedAt", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        known.put(check.account().phoneNumberId(), meta);
    }

    /**
     * Adds what Meta said to an answer.
     *
     * @param answer as {@link #of} took it
     * @return the answer with {@code meta}: {@code {subscribed, subscribedFields, missingFields, roles, isStandby, advice,
     *         checkedAt}}, each null where it could not be told, or null for a number that is not on Cloud API
     */
    public Map<String, Object> add(Map<String, Object> answer) {
        String number = number(answer, account(answer));
        Map<String, Object> whole = new LinkedHashMap<>(answer);
        whole.put("meta", number == null ? null : known.getIfPresent(number));
        return whole;
    }

    private Account account(Map<String, Object> answer) {
        Map<?, ?> about = answer.get("account") instanceof Map<?, ?> connected ? connected : answer;
        return accounts.find((String) about.get("accountId"));
    }

    /** The number that Meta knows the account by; null for other channels, though they be of the same account. */
    private static String number(Map<String, Object> answer, Account account) {
        String number = account == null ? null : account.phoneNumberId();
        boolean isItsChannel = answer.containsKey("account")
                || Provider.META.provider().equals(answer.get("provider")) && answer.get("key").equals(number);
        return isItsChannel ? number : null;
    }
}
