package io.clickthread.capture;

import io.clickthread.channel.Channel;
import io.clickthread.channel.Channels;
import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Changes of who controls a conversation, on their way to the conversations of known contacts. */
@Component("handovers")
public class Handovers {

    private final Channels channels;

    Handovers(Channels channels) {
        this.channels = channels;
    }

    /**
     * What a webhook's handovers change. Those of a number that no account is connected for change nothing.
     *
     * @param result with handovers
     * @return the parameters of {@code record-handovers.sql}
     */
    public Map<String, Object> rows(IngestResult result) {
        List<String> accounts = new ArrayList<>();
        List<Alias> aliases = new ArrayList<>();
        List<Handover> handovers = new ArrayList<>();
        for (Handover handover : result.webhook().handovers()) {
            Channel channel = channels.find(result.webhook().provider(), handover.channel());
            if (channel != null) {
                handover.aliases().forEach(alias -> {
                    accounts.add(channel.accountId());
                    aliases.add(alias);
                    handovers.add(handover);
                });
            }
        }
        return Map.of("accounts", accounts.toArray(String[]::new),
                "kinds", aliases.stream().map(Alias::kind).toArray(String[]::new),
                "values", aliases.stream().map(Alias::value).toArray(String[]::new),
                "owners", handovers.stream().map(Handover::owner).toArray(String[]::new),
                "ours", handovers.stream().map(Handover::isThisApp).toArray(Boolean[]::new),
                "times", handovers.stream().mapToLong(Handover::at).toArray());
    }
}
