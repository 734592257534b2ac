package io.clickthread.process;

import io.clickthread.ClickthreadApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A wall clock that is wrong by what a file says, read anew each time; and Clickthread as a program that goes by it. The
 * database's clock, the one of the JVM's timers and the seconds at the beginning of new ids stay right: a program cannot
 * set them.
 */
final class JumpingClock extends Clock {

    private static final String FILE = "clickthread.test.clock";

    private final Path file;

    JumpingClock(Path file) {
        this.file = file;
    }

    /** Runs Clickthread by the clock in the file of {@link #argument}. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(ClickthreadApplication.class);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("jumpingClock",
                Clock.class, () -> new JumpingClock(Path.of(context.getEnvironment().getRequiredProperty(FILE))),
                definition -> definition.setPrimary(true)));
        application.run(arguments);
    }

    /** The command line's argument that names the file. */
    static String argument(Path file) {
        return "--" + FILE + "=" + file.toAbsolutePath();
    }

    /** Sets by how much the clock is wrong. */
    static void set(Path file, long offsetMillis) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("clock.new"), Long.toString(offsetMillis));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE); // a reader never meets half a number
    }

    @Override
    public Instant instant() {
        try {
            return Instant.now().plusMillis(Long.parseLong(Files.readString(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
