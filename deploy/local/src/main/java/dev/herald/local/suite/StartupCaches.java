package dev.herald.local.suite;

import dev.herald.local.process.LogFile;
import dev.herald.local.server.Service;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * {@code ./herald caches}: makes the missing start-up caches of the services. The training runs use their own PostgreSQL on free ports and
 * do not register, so they do not affect a running suite.
 */
public final class StartupCaches {

    private final Suite suite;
    private final Suite training;
    private final Terminal terminal;

    public StartupCaches(Suite suite, Terminal terminal) {
        this.suite = suite;
        this.training = new Suite(trainingSettings(suite.settings()), Terminal.SILENT);
        this.terminal = terminal;
    }

    /** The settings of the training runs. They have the suite's JVM options, because a cache is valid for one command line only. */
    private static Settings trainingSettings(Settings settings) {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.keySet().retainAll(List.of(Settings.JAVA_OPTIONS));
        environment.put("HERALD_HOME", settings.home().training().toString());
        return new Settings(environment).moving(FreePorts.forAll(new HashSet<>()));
    }

    /**
     * Makes the missing caches, one after the other.
     *
     * @param names the services; empty for all
     * @return whether all caches exist
     */
    public boolean make(List<String> names) throws InterruptedException {
        List<String> services =
                training.components().jvms().stream().map(Service::name).toList();
        names.stream().filter(name -> !services.contains(name)).findFirst().ifPresent(unknown -> {
            throw new BadUsage(
                    "There is no service \"%s\" here. There are: %s.".formatted(unknown, String.join(", ", services)));
        });
        terminal.heading("Start-up caches");
        return new TemporarySuite(training)
                .run(
                        () -> {
                            training.reset();
                            training.startPostgres();
                            boolean complete = true;
                            for (Service service : training.components().jvms()) {
                                if (names.isEmpty() || names.contains(service.name())) {
                                    complete &= make(service);
                                }
                            }
                            return complete;
                        },
                        training::reset);
    }

    private boolean make(Service service) throws InterruptedException {
        if (service.hasStartupCache()) {
            terminal.event(service.name(), State.UP, "has one", "");
            return true;
        }
        Instant begin = Instant.now();
        LogFile log = suite.settings().home().log("caches");
        try {
            if (suite.isRunning() && !service.isPrepared()) {
                terminal.event(
                        service.name(), State.STOPPED, "skipped", "it was built after its start: restart it first");
                return false;
            }
            service.prepare();
            service.makeStartupCache(log);
            terminal.event(service.name(), State.UP, "made in " + Terminal.since(begin), "");
            return true;
        } catch (IOException e) {
            terminal.event(service.name(), State.CRASHED, "failed", e.toString());
            terminal.quote(log.lastLines());
            return false;
        }
    }
}
