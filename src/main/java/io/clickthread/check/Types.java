package io.clickthread.check;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a body or a variable may be.
 *
 * @param all       the types, generic ones with their arguments
 * @param isUnknown whether it may be anything else, too
 */
record Types(Set<Type> all, boolean isUnknown) {

    static final Types NONE = new Types(Set.of(), false);
    static final Types UNKNOWN = new Types(Set.of(), true);

    /** Types about which a program that only looks can say nothing: their contents have names of their own. */
    private static final List<Class<?>> OPEN = List.of(Map.class, Collection.class, CharSequence.class, Number.class,
            Boolean.class, com.fasterxml.jackson.databind.JsonNode.class);

    /** What a method returns. */
    static Types of(Type type) {
        Class<?> raw = raw(type);
        boolean told = raw != null && raw != Object.class && !raw.isPrimitive() && !raw.isArray()
                && OPEN.stream().noneMatch(open -> open.isAssignableFrom(raw));
        return told || raw != null && Collection.class.isAssignableFrom(raw) ? new Types(Set.of(type), false) : UNKNOWN;
    }

    Types or(Types other) {
        Set<Type> both = new HashSet<>(all);
        both.addAll(other.all);
        return new Types(both, isUnknown || other.isUnknown);
    }

    /** What the elements may be, if these are collections. */
    Types elements() {
        Types found = isUnknown ? UNKNOWN : NONE;
        for (Type type : all) {
            boolean collection = Iterable.class.isAssignableFrom(raw(type));
            found = found.or(!collection ? of(type) : type instanceof ParameterizedType generic
                    ? of(generic.getActualTypeArguments()[0]) : UNKNOWN);
        }
        return found;
    }

    /** The class of a type; null if it has none. */
    static Class<?> raw(Type type) {
        return type instanceof Class<?> one ? one
                : type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : null;
    }
}
