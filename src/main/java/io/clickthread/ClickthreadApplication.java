package io.clickthread;

import io.clickthread.start.StartFailures;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Clickthread: the routes of {@code routes/}, the store and the HTTP edge. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ClickthreadApplication {

    /**
     * Starts the server and returns while it runs. A start that fails ends the process with 1 and one sentence, whatever
     * threads it left behind.
     *
     * @param arguments Spring Boot's command line, for example {@code --clickthread.port=9000}
     */
    public static void main(String[] arguments) {
        try {
            SpringApplication.run(ClickthreadApplication.class, arguments);
        } catch (SpringApplication.AbandonedRunException e) {
            throw e; // a build that only looks at the beans
        } catch (RuntimeException | Error e) {
            StartFailures.print(e, System.err);
            System.exit(1);
        }
    }
}
