package io.clickthread;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Clickthread: the routes of {@code routes/}, the store and the HTTP edge. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ClickthreadApplication {

    /**
     * Starts the server and returns while it runs.
     *
     * @param arguments Spring Boot's command line, for example {@code --clickthread.port=9000}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ClickthreadApplication.class, arguments);
    }
}
