package io.clickthread.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The accounts in memory, for beans and for {@code caffeine-loadcache:} steps. What another instance changed is seen after
 * {@code capture.account-life} at the latest; what does not exist is never remembered, so a new account works at once.
 */
@Configuration
class AccountCacheConfiguration {

    private static final int MOST = 10_000;

    @Bean
    LoadingCache<String, Account> accountCache(JdbcTemplate jdbc, Settings settings) {
        String find = Sql.read("find-account");
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(settings.capture().accountLife()).build(id -> {
            List<Map<String, Object>> found = jdbc.queryForList(find, id);
            return found.isEmpty() ? null : Account.of(found.get(0));
        });
    }
}
