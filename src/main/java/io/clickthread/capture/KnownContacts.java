package io.clickthread.capture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.contact.Alias;
import io.clickthread.system.Settings;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The contacts that surely have a conversation, so that their organic messages need no database. It only ever answers
 * "surely known" or "look it up", so it may forget, and nothing goes wrong when it is wrong about an old row.
 */
@Component
class KnownContacts {

    private final Cache<Key, String> known;
    private final Cache<String, Boolean> hinted;

    KnownContacts(Settings settings) {
        this.known = Caffeine.newBuilder().maximumSize(settings.capture().knownContacts()).build();
        this.hinted = Caffeine.newBuilder().maximumSize(settings.capture().knownContacts()).build();
    }

    /** Whether all of these lead to one conversation; two that lead to two say that a contact must be joined. */
    boolean has(String accountId, List<Alias> aliases) {
        String conversation = null;
        for (Alias alias : aliases) {
            String found = known.getIfPresent(new Key(accountId, alias));
            if (found == null || conversation != null && !conversation.equals(found)) {
                return false;
            }
            conversation = found;
        }
        return true;
    }

    /** Whether all of these lead to one conversation that has a hint already. */
    boolean isHinted(String accountId, List<Alias> aliases) {
        return has(accountId, aliases)
                && hinted.getIfPresent(known.asMap().getOrDefault(new Key(accountId, aliases.get(0)), "")) != null;
    }

    void hint(String conversationId) {
        hinted.put(conversationId, true);
    }

    void add(String accountId, List<Alias> aliases, String conversationId) {
        aliases.forEach(alias -> known.put(new Key(accountId, alias), conversationId));
    }

    private record Key(String accountId, Alias alias) {
        @Override
        public String toString() {
            return "Key[" + accountId + "]";
        }
    }
}
