package io.clickthread.check;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What simple finds behind the dot of {@code ${body.isNew}}: a method of this name, or the getter of it. */
final class Properties {

    private Properties() {
    }

    /** The types of a property of the types; null if none of them has it. */
    static Types of(Types owners, String name) {
        Types found = Types.NONE;
        boolean any = owners.isUnknown();
        for (Type owner : owners.all()) {
            Class<?> raw = Types.raw(owner);
            if (Iterable.class.isAssignableFrom(raw)) {
                return Types.UNKNOWN; // simple looks into the first element, too
            }
            List<Method> methods = methods(raw, name);
            any |= !methods.isEmpty();
            for (Method method : methods) {
                found = found.or(Types.of(method.getGenericReturnType()));
            }
        }
        return !any ? null : owners.isUnknown() ? Types.UNKNOWN : found;
    }

    /** The names of all that the types have, to say which one was meant. */
    static Set<String> names(Types owners) {
        return owners.all().stream().map(Types::raw).flatMap(type -> Methods.of(type).stream())
                .filter(method -> method.getParameterCount() == 0 && method.getDeclaringClass() != Object.class)
                .map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether none of the types can be more than it says it is. */
    static boolean areFinal(Types owners) {
        return owners.all().stream().allMatch(type -> java.lang.reflect.Modifier.isFinal(Types.raw(type).getModifiers()));
    }

    private static List<Method> methods(Class<?> type, String name) {
        String capital = name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Set<String> accepted = Set.of(name, "get" + capital, "is" + capital);
        return Methods.of(type).stream().filter(method -> accepted.contains(method.getName())).toList();
    }
}
