package dev.herald.local.suite;

import dev.herald.local.server.Component;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.Kafka;
import dev.herald.local.server.Probe;
import dev.herald.local.settings.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Probes components at the time of the call, each within a time limit. */
final class ComponentProbe {

    /** The limit of an HTTP request: a component that answers later is not up. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    /** The limit of a whole probe, because some probes have no time limit. */
    static final Duration PROBE_LIMIT = Duration.ofMillis(2_500);

    private ComponentProbe() {}

    static ComponentStatus of(ExternalServer server) throws InterruptedException {
        ComponentStatus status = ComponentStatus.of(server);
        return result(inBackground(() -> obstacle(server.probe())), Obstacle.NO_ANSWER)
                        .equals(Obstacle.NONE)
                ? status
                : status.probed(State.SILENT, "does not answer at %s.".formatted(server.address()));
    }

    /** Probes a component if its process runs. */
    static ComponentStatus of(Component component, ComponentStatus process) throws InterruptedException {
        String name = process.name();
        return switch (process.state()) {
            case CRASHED ->
                process.probed(State.CRASHED, "crashed. ./herald start %s starts it again.".formatted(name));
            case STOPPED -> process.probed(State.STOPPED, "is stopped. ./herald start %s starts it.".formatted(name));
            default -> running(component, process);
        };
    }

    private static ComponentStatus running(Component component, ComponentStatus process) throws InterruptedException {
        Obstacle obstacle = inTime(component);
        if (obstacle.equals(Obstacle.NO_ANSWER)) {
            // A second attempt, because on a busy machine the start of this JVM's HTTP client alone may exceed the
            // limit.
            obstacle = inTime(component);
        }
        if (obstacle.equals(Obstacle.NONE)) {
            return process.probed(State.UP, null);
        }
        if (process.state() == State.STARTING) {
            return process.probed(State.STARTING, "is still starting.");
        }
        if (!obstacle.equals(Obstacle.NO_ANSWER)) {
            return process.probed(State.UNREADY, "is not ready: %s.".formatted(obstacle.reason()));
        }
        return process.probed(
                State.SILENT,
                isFrozen(process.pid())
                        ? "is frozen: kill -CONT %d resumes it.".formatted(process.pid())
                        : "runs, but does not answer within %d s. ./herald restart %s starts it again."
                                .formatted(LIMIT.toSeconds(), process.name()));
    }

    private record Obstacle(String reason) {

        static final Obstacle NONE = new Obstacle("");
        static final Obstacle NO_ANSWER = new Obstacle("no answer");
    }

    private static Obstacle inTime(Component component) throws InterruptedException {
        Probe probe = component instanceof Kafka kafka
                ? Probe.kafkaSocket(kafka.settings().address(Port.KAFKA))
                : component.probe();
        return result(inBackground(() -> obstacle(probe)), Obstacle.NO_ANSWER);
    }

    private static Obstacle obstacle(Probe probe) throws InterruptedException {
        try {
            probe.check();
            return Obstacle.NONE;
        } catch (Probe.NotReady answered) {
            return new Obstacle(String.valueOf(answered.getMessage()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Obstacle.NO_ANSWER;
        }
    }

    /** Whether a signal has stopped the process, which is state T in proc_pid_stat(5). */
    private static boolean isFrozen(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1)
                    .strip()
                    .toUpperCase(Locale.ROOT)
                    .startsWith("T");
        } catch (IOException anotherSystem) {
            return false;
        }
    }

    static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    /** Returns the task's result, or the other value if the task fails or takes longer than {@link #PROBE_LIMIT}. */
    static <T> T result(FutureTask<T> task, T otherwise) throws InterruptedException {
        try {
            return task.get(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return otherwise;
        }
    }
}
