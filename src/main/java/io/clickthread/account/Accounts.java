package io.clickthread.account;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.clickthread.channel.Channels;
import io.clickthread.http.Problem;
import org.springframework.stereotype.Component;

/** Looks accounts up in the {@code accountCache} of {@link AccountCacheConfiguration}. */
@Component("accounts")
public class Accounts {

    private final Channels channels;
    private final LoadingCache<String, Account> cache;

    Accounts(Channels channels, LoadingCache<String, Account> accountCache) {
        this.channels = channels;
        this.cache = accountCache;
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
        return cache.get(id);
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
        cache.invalidateAll();
    }
}
