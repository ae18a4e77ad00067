package dev.herald.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Makes the start-up caches of the services that lack one, in a process of its own beside the running suite: it needs the
 * servers up, takes longer than a whole start without caches, and nobody should wait for it.
 */
record StartupCaches(Settings settings, List<Service> services) implements Component {

    static final String NAME = "startup-caches";

    /** The command with which the launcher calls itself for this. */
    static final String COMMAND = "make-startup-caches";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Port, Integer> ports() {
        return Map.of();
    }

    @Override
    public void prepare() {}

    /** Behind everything else that wants a processor. */
    @Override
    public ProcessBuilder process() {
        ProcessBuilder process = new ProcessBuilder("nice", "-n", "19");
        process.command().addAll(JavaCommand.with("-Xmx64m").jar(Checkout.launcher(), COMMAND));
        process.environment().putAll(settings.environment());
        return process;
    }

    @Override
    public Probe probe() {
        return () -> {};
    }

    boolean areMissing() {
        return services.stream().anyMatch(service -> !service.hasStartupCache());
    }

    /** One after the other; a service for which it fails goes on starting without. */
    void make() throws IOException, InterruptedException {
        LogFile log = settings.home().log(name());
        for (Service service : services) {
            try {
                service.makeStartupCache(log);
            } catch (IOException e) {
                log.append("%s goes without a start-up cache: %s".formatted(service.name(), e.getMessage()));
            }
        }
        // Its end is no crash.
        RunRecords records = new RunRecords(settings.home().run());
        records.find(NAME).map(RunRecord::stopped).ifPresent(records::save);
    }
}
