package io.clickthread.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.Channel;
import io.clickthread.channel.ChannelConfig;
import io.clickthread.store.Rows;
import io.clickthread.system.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A channel as the API shows it: with its address and what to enter at the provider, never with its secret. */
@Component
class ChannelView {

    private final ObjectMapper mapper;
    private final String publicUrl;

    ChannelView(ObjectMapper mapper, Settings settings) {
        this.mapper = mapper;
        String url = settings.publicUrl();
        this.publicUrl = url == null || url.isBlank() ? null : url.strip().replaceAll("/+$", "");
    }

    Map<String, Object> of(Map<String, Object> row) {
        Channel channel = Channel.of(row);
        String path = channel.webhookPath();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("_id", channel.id());
        shown.put("accountId", channel.accountId());
        shown.put("provider", channel.provider().provider());
        shown.put("key", channel.key());
        shown.put("webhookPath", path);
        shown.put("webhookUrl", publicUrl == null ? null : publicUrl + path);
        shown.put("hasSecret", channel.sealedSecret() != null);
        shown.put("formerSecretUntil", Rows.iso(row, "former_until"));
        shown.put("config", mapper.valueToTree(channel.config()));
        shown.put("setup", channel.provider().setup((publicUrl == null ? "<this server's https address>" : publicUrl) + path,
                channel.config().header() == null ? ChannelConfig.DEFAULT_HEADER : channel.config().header()));
        shown.put("createdAt", Rows.iso(row, "created_at"));
        shown.put("updatedAt", Rows.iso(row, "updated_at"));
        return shown;
    }
}
