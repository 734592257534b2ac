package io.clickthread.custom;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** About how much memory a body takes. */
final class BodyWeight {

    private static final long OBJECT = 48;
    private static final Map<Class<?>, List<Method>> PARTS = new ConcurrentHashMap<>();

    private BodyWeight() {
    }

    /**
     * Adds up texts, and the records that a record holds.
     *
     * @param body a record or a text; anything else counts as small
     * @return bytes
     */
    static long of(Object body) {
        if (body instanceof String text) {
            return OBJECT + 2L * text.length();
        }
        if (!(body instanceof Record)) {
            return OBJECT;
        }
        long bytes = OBJECT;
        for (Method part : PARTS.computeIfAbsent(body.getClass(), BodyWeight::parts)) {
            try {
                Object value = part.invoke(body);
                bytes += value == null ? 8 : of(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e.getClass().getSimpleName()); // what it says may be a person's
            }
        }
        return bytes;
    }

    private static List<Method> parts(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor)
                .peek(accessor -> accessor.setAccessible(true)).toList();
    }
}
