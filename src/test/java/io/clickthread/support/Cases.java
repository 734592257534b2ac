package io.clickthread.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Inputs from the field that went wrong once, from {@code src/test/resources/cases}. */
public final class Cases {

    private static final Pattern TIME = Pattern.compile("@(NOW|ISO)([+-]\\d+)@");

    private Cases() {
    }

    /** A file's text, with {@code @NOW-60@} as Unix seconds and {@code @ISO-60@} as a time in UTC. */
    public static String read(String name) {
        try (InputStream file = Cases.class.getResourceAsStream("/cases/" + name)) {
            return TIME.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8)).replaceAll(time -> {
                Instant at = Instant.now().plusSeconds(Long.parseLong(time.group(2))).truncatedTo(ChronoUnit.SECONDS);
                return time.group(1).equals("NOW") ? Long.toString(at.getEpochSecond()) : at.toString().replace("Z", "");
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
