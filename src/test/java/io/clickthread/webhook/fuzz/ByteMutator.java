package io.clickthread.webhook.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes bytes wherever they stand, and the fields of forms. */
final class ByteMutator {

    private static final List<String> TOKENS = List.of("", "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\\u0000", "NaN", "\uFEFF",
            "\u0000", "%", "%0", "%00", "%zz", "%ED%A0%80", "&", "=", "+", ";", "\r\n", "null", "true");

    private ByteMutator() {
    }

    /** Flips, cuts, repeats and puts in between, one to four times. */
    static byte[] mutate(byte[] bytes, Random random) {
        byte[] changed = bytes;
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            int from = random.nextInt(changed.length);
            int to = Math.min(changed.length, from + 1 + random.nextInt(40));
            changed = switch (random.nextInt(6)) {
                case 0 -> {
                    byte[] flipped = changed.clone();
                    flipped[from] ^= (byte) (1 << random.nextInt(8));
                    yield flipped;
                }
                case 1 -> Arrays.copyOf(changed, from);
                case 2 -> join(changed, from, new byte[0], to);
                case 3 -> join(changed, from, Arrays.copyOfRange(changed, from, to), from);
                case 4 -> {
                    byte[] some = new byte[1 + random.nextInt(8)];
                    random.nextBytes(some);
                    yield join(changed, from, some, to);
                }
                default -> join(changed, from, TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8), from);
            };
        }
        return changed;
    }

    /** Changes a form at its fields, one to four times. */
    static String mutateForm(String form, String stranger, Random random) {
        List<String> fields = new ArrayList<>(List.of(form.split("&")));
        for (int i = random.nextInt(4); i >= 0 && !fields.isEmpty(); i--) {
            int at = random.nextInt(fields.size());
            String[] field = (fields.get(at) + "= ").split("=", 3);
            switch (random.nextInt(8)) {
                case 0 -> fields.remove(at);
                case 1 -> fields.add(random.nextInt(fields.size()), fields.get(at));
                case 2 -> fields.set(at, fields.get(random.nextInt(fields.size())).split("=")[0] + "=" + field[1]);
                case 3 -> fields.set(at, field[0] + "=" + (random.nextInt(10) == 0 ? encode(stranger) : ""));
                case 4 -> fields.addAll(Collections.nCopies(random.nextInt(200), fields.get(at)));
                case 5 -> fields.set(at, field[0] + "[0]=" + field[1]);
                default -> fields.set(at, field[0] + "=" + encode(Hostile.value(random).replaceAll("^\"|\"$", "")));
            }
        }
        return String.join("&", fields);
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] bytes, int end, byte[] between, int begin) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + between.length);
        joined.write(bytes, 0, end);
        joined.writeBytes(between);
        joined.write(bytes, begin, bytes.length - begin);
        return joined.toByteArray();
    }
}
