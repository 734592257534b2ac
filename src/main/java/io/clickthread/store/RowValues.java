package io.clickthread.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The values of a row by their names: of a map, or of a record. */
final class RowValues {

    private final Map<Class<?>, Map<String, RecordComponent>> records = new ConcurrentHashMap<>();

    /**
     * A value, or null.
     *
     * @throws IllegalArgumentException if the row has none of this name, or is neither
     */
    Object get(Object row, String name) {
        if (row instanceof Map<?, ?> map) {
            Object value = map.get(name);
            if (value == null && !map.containsKey(name)) {
                throw new IllegalArgumentException("The body has no '" + name + "' for this statement");
            }
            return value;
        }
        RecordComponent component = row == null ? null : records.computeIfAbsent(row.getClass(), RowValues::components).get(name);
        if (component == null) {
            throw new IllegalArgumentException("The body, " + (row == null ? "null" : "a " + row.getClass().getSimpleName())
                    + ", has no '" + name + "' for this statement: it takes maps and records");
        }
        try {
            return component.getAccessor().invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, RecordComponent> components(Class<?> type) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        Arrays.stream(components).forEach(component -> component.getAccessor().setAccessible(true));
        return Arrays.stream(components).collect(Collectors.toMap(RecordComponent::getName, component -> component));
    }
}
