package io.clickthread.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Looks channels of connected accounts up, mostly in memory. What another instance changed is seen after
 * {@code capture.account-life} at the latest; {@link #find} never remembers that there is none, so a new channel works at once.
 */
@Component("channels")
public class Channels {

    private final JdbcTemplate jdbc;
    private final String find = Sql.read("find-channel");
    private final Cache<Address, Channel> channels;
    private final Cache<Address, Boolean> known;

    Channels(JdbcTemplate jdbc, Settings settings) {
        this.jdbc = jdbc;
        Caffeine<Object, Object> caches = Caffeine.newBuilder().maximumSize(10_000)
                .expireAfterWrite(settings.capture().accountLife());
        this.channels = caches.build();
        this.known = caches.build();
    }

    /**
     * A channel by its address.
     *
     * @param provider the provider's name
     * @param key      the channel's key
     * @return the channel; null if there is none or its account is disconnected
     */
    public Channel find(String provider, String key) {
        return channels.get(new Address(provider, key), address -> {
            List<Map<String, Object>> found = jdbc.queryForList(find, address.provider(), address.key());
            return found.isEmpty() ? null : Channel.of(found.get(0));
        });
    }

    /**
     * Whether there is a channel. May be wrong about one that another instance has just made.
     *
     * @param provider the provider's name
     * @param key      the channel's key
     * @return true if there is
     */
    public boolean isKnown(String provider, String key) {
        return known.get(new Address(provider, key), address -> find(provider, key) != null);
    }

    /** Forgets everything, after a channel or an account changed. Changes are rare and reading again is one query. */
    public void forget() {
        channels.invalidateAll();
        known.invalidateAll();
    }

    private record Address(String provider, String key) {
    }
}
