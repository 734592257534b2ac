package io.clickthread.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects, written down as they will be read. */
final class Fields {

    private Fields() {
    }

    /**
     * An object.
     *
     * @param pairs name, value, name, value and so on; a value that is null leaves its field out
     */
    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                object.put((String) pairs[i], pairs[i + 1]);
            }
        }
        return object;
    }
}
