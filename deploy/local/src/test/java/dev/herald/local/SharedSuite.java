package dev.herald.local;

import dev.herald.local.settings.Settings;
import dev.herald.local.suite.ComponentStatus;
import dev.herald.local.suite.State;
import dev.herald.local.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * The running suite that end-to-end tests share. The first test starts it with {@code up --detach}, it is stopped after the last, and all
 * components run at the beginning of each test class.
 */
public final class SharedSuite implements BeforeAllCallback {

    /** Receives the suite's spans and log lines. */
    static final OtlpReceiver TRACES = new OtlpReceiver();

    public static final Suite SUITE = new Suite(settings());

    private static Settings settings() {
        Map<String, String> environment =
                new HashMap<>(TestSettings.onFreePorts(Path.of("target/suite").toAbsolutePath())
                        .environment());
        // Otherwise a new key signs only after 10 minutes.
        environment.put("HERALD_SESSION_PUBLISH_AHEAD", "3s");
        environment.put("HERALD_OTLP_ENDPOINT", TRACES.tracesUrl());
        environment.put("HERALD_OTLP_LOGS_ENDPOINT", TRACES.logsUrl());
        // All tests have one address, and on a fast machine send more than one client may.
        environment.put("HERALD_LIMIT_ANONYMOUS_BURST", "2000");
        environment.put("HERALD_LIMIT_CREDENTIALS_BURST", "2000");
        // On two cores, under load and while a JVM starts, a connection may not be free within the default 2 s.
        environment.put("SPRING_DATASOURCE_HIKARI_CONNECTION_TIMEOUT", "6000");
        return new Settings(environment);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedSuite.class))
                .computeIfAbsent(Running.class, key -> start());
        for (ComponentStatus component : SUITE.status()) {
            if (component.state() != State.UP) {
                SUITE.start(component.name());
            }
        }
    }

    /**
     * Runs steps of a test while a component is stopped. Afterwards it runs again, even if an assertion failed, so that the tests after this
     * one are not affected.
     */
    static void without(String component, Steps steps) throws Exception {
        SUITE.stop(component);
        try {
            steps.run();
        } finally {
            if (!SUITE.runs(component)) {
                SUITE.start(component);
            }
        }
    }

    @FunctionalInterface
    interface Steps {
        void run() throws Exception;
    }

    private static Running start() {
        try {
            SUITE.reset();
            CommandLine.Answer up = new CommandLine(SUITE.settings()).run("up", "--detach", "--no-demo");
            if (up.exitCode() != 0) {
                throw new IllegalStateException(up.text());
            }
            return new Running();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Running() implements AutoCloseable {

        @Override
        public void close() {
            try {
                CommandLine.Answer down = new CommandLine(SUITE.settings()).run("down");
                if (down.exitCode() != 0 || SUITE.isRunning()) {
                    throw new IllegalStateException(down.text());
                }
                TRACES.close();
                SecretsCheck.assertKept(SUITE.settings());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
