package io.clickthread.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;

/**
 * The route files that came with this version against those of the folder that runs in their place. The version's own are in the
 * jar, because the build packs {@code routes/}; a build from an edited checkout therefore holds the edited files as its own.
 */
final class ShippedRoutes {

    private static final int DIGITS = 12; // enough to find a file among the versions that there have been

    private ShippedRoutes() {
    }

    /**
     * Compares them. Files of the folder that the version does not have are nobody's business here.
     *
     * @param shipped the files of the version, by their path below {@code routes/}
     * @param folder  the folder that runs
     * @return a sentence for each file that is not the version's own, or not there
     */
    static List<String> differences(Map<String, Resource> shipped, Path folder) {
        List<String> sentences = new ArrayList<>();
        shipped.forEach((name, resource) -> {
            Path file = folder.resolve(name);
            try {
                String own = checksum(resource.getContentAsString(StandardCharsets.UTF_8));
                if (!Files.exists(file)) {
                    sentences.add(RouteResources.name(file) + " is not there: this version has it (SHA-256 " + own + ")");
                    return;
                }
                String there = checksum(Files.readString(file));
                if (!own.equals(there)) {
                    sentences.add(RouteResources.name(file) + " is not this version's own: SHA-256 " + there + ", the version's "
                            + own);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return sentences;
    }

    /** Of the text with LF: git on Windows checks files out with CRLF, which changes no route. */
    static String checksum(String text) {
        try {
            byte[] bytes = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
