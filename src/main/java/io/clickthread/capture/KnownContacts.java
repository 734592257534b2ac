package io.clickthread.capture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.system.Settings;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The contacts that surely have a conversation, so that their organic messages need no database. It only ever answers
 * "surely known" or "look it up", so it may forget, and nothing goes wrong when it is wrong about an old row.
 */
@Component
class KnownContacts {

    private final Cache<Key, Boolean> known;

    KnownContacts(Settings settings) {
        this.known = Caffeine.newBuilder().maximumSize(settings.capture().knownContacts()).build();
    }

    boolean has(String accountId, List<Alias> aliases) {
        for (Alias alias : aliases) {
            if (known.getIfPresent(new Key(accountId, alias)) == null) {
                return false;
            }
        }
        return true;
    }

    void add(String accountId, List<Alias> aliases) {
        aliases.forEach(alias -> known.put(new Key(accountId, alias), Boolean.TRUE));
    }

    private record Key(String accountId, Alias alias) {
    }
}
