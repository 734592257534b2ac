package io.clickthread.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.channel.Channels;
import io.clickthread.http.Problem;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Looks accounts up, mostly in memory. What another instance changed is seen after {@code capture.account-life} at the
 * latest; what does not exist is never remembered, so a new account works at once.
 */
@Component("accounts")
public class Accounts {

    private final JdbcTemplate jdbc;
    private final String find = Sql.read("find-account");
    private final Channels channels;
    private final Cache<String, Account> accounts;

    Accounts(JdbcTemplate jdbc, Channels channels, Settings settings) {
        this.jdbc = jdbc;
        this.channels = channels;
        Caffeine<Object, Object> caches = Caffeine.newBuilder().maximumSize(10_000)
                .expireAfterWrite(settings.capture().accountLife());
        this.accounts = caches.build();
    }

    /**
     * A connected account.
     *
     * @param id the account's id, or whatever a client sent for it
     * @return the account
     * @throws Problem 404 {@code account_not_found} if there is none, or it was disconnected
     */
    public Account connected(String id) {
        Account account = find(id);
        if (account == null || !account.connected()) {
            throw unknown();
        }
        return account;
    }

    /**
     * An account, connected or not: what was accepted before a disconnect is still sent.
     *
     * @param id the account's id, or whatever a client sent for it
     * @return the account, or null if there is none
     */
    public Account find(String id) {
        return accounts.get(id, key -> {
            List<Map<String, Object>> found = jdbc.queryForList(find, key);
            return found.isEmpty() ? null : Account.of(found.get(0));
        });
    }

    /**
     * That there is no such account.
     *
     * @return 404 {@code account_not_found}, to be thrown
     */
    public static Problem unknown() {
        return Problem.notFound("account_not_found",
                "WhatsApp account not found. GET /api/v1/accounts lists the connected ones.");
    }

    /** Forgets everything, after an account changed. Changes are rare and reading again is one query. */
    void forget() {
        channels.forget();
        accounts.invalidateAll();
    }
}
