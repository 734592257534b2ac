package io.clickthread.check;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** The public methods of classes, each class looked at once: a check asks for them thousands of times. */
final class Methods {

    private static final ClassValue<List<Method>> ALL = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getMethods()).filter(method -> !method.isBridge()).toList();
        }
    };

    private Methods() {
    }

    /** All, those of {@link Object} too, without the compiler's. */
    static List<Method> of(Class<?> type) {
        return ALL.get(type);
    }
}
