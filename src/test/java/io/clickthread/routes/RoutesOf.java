package io.clickthread.routes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The route files that a test class is for: its tests together run every route of them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface RoutesOf {

    /** Paths below {@code routes/}, without {@code .camel.yaml}. */
    String[] value();
}
