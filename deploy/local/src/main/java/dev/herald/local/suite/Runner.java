package dev.herald.local.suite;

import dev.herald.local.process.Polling;
import dev.herald.local.process.Signal;
import dev.herald.local.server.Component;
import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.NodeNetwork;
import dev.herald.local.server.Probe;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Port;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts and stops the process of a component, prints each change, and keeps its record up to date. */
final class Runner {

    /** Many times the usual time, because a busy machine is slow. A crash ends the wait at once. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** A starting JVM handles the signal only after its start and has no work to finish, so it is killed sooner. */
    private static final Duration STOP_LIMIT_WHILE_STARTING = Duration.ofSeconds(2);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final RunRecords records;
    private final Terminal terminal;
    private boolean closed;

    Runner(RunRecords records, Terminal terminal) {
        this.records = records;
        this.terminal = terminal;
    }

    /** Starts a component, and returns when it is ready. */
    void start(Component component) throws InterruptedException {
        Instant begin = Instant.now();
        prepare(component);
        Process process = launch(component);
        awaitReady(component, process);
        afterStart(component);
        records.find(component.name()).ifPresent(record -> records.save(record.ready(Instant.now())));
        terminal.event(
                component.name(), State.UP, "ready in " + Terminal.since(begin), Port.describe(component.ports()));
    }

    private static void afterStart(Component component) {
        try {
            component.afterStart();
        } catch (IOException e) {
            throw failed(component, "cannot be used: " + e);
        }
    }

    /** Stops a component, and kills it if it does not end within the limit. */
    void stop(Component component) throws InterruptedException {
        Optional<RunRecord> found = records.find(component.name());
        if (found.isEmpty()) {
            return;
        }
        RunRecord record = found.get();
        Optional<ProcessHandle> running = record.process();
        records.save(record.stopped());
        component.beforeStop();
        if (running.isEmpty()) {
            return;
        }
        Instant begin = Instant.now();
        component.stopSignal().sendTo(running.get());
        Duration limit = record.readyAt() == null ? STOP_LIMIT_WHILE_STARTING : STOP_LIMIT;
        boolean inTime = Polling.until(() -> isGone(record), limit);
        if (!inTime) {
            kill(record);
        }
        terminal.event(
                component.name(),
                State.STOPPED,
                (inTime ? "stopped in " : "killed after ") + Terminal.since(begin),
                "");
    }

    /** Kills a process. Its desired state stays {@code RUNNING}, so it counts as crashed. */
    void kill(RunRecord record) throws InterruptedException {
        record.process().ifPresent(Signal.KILL::sendTo);
        Polling.until(() -> isGone(record), KILL_LIMIT);
    }

    private static boolean isGone(RunRecord record) {
        return record.process().isEmpty() && record.ports().values().stream().noneMatch(FreePorts::isTaken);
    }

    /** Prevents further starts, so that a stop of all components leaves none running. */
    synchronized void close() {
        closed = true;
    }

    /** Prepares a component, so that its later start is faster. */
    void prepare(Component component) throws InterruptedException {
        try {
            component.prepare();
        } catch (IOException e) {
            throw failed(component, "cannot be prepared: " + e);
        }
    }

    private Process launch(Component component) throws InterruptedException {
        try {
            ProcessBuilder builder = component.process();
            List<String> command = builder.command();
            builder.command(component
                    .settings()
                    .namespace()
                    .map(namespace -> Stream.concat(NodeNetwork.inside(namespace).stream(), command.stream())
                            .toList())
                    .orElse(command));
            component.log().receive(builder);
            synchronized (this) {
                if (closed) {
                    throw new InterruptedException("the suite is being stopped");
                }
                Process process = builder.start();
                records.save(RunRecord.of(
                        component.name(),
                        process.toHandle(),
                        component.ports(),
                        component.log().path()));
                return process;
            }
        } catch (IOException e) {
            throw failed(component, "cannot start: " + e);
        }
    }

    private static void awaitReady(Component component, Process process) throws InterruptedException {
        Probe probe = component.probe();
        boolean inTime =
                Polling.until(() -> !process.isAlive() || probe.obstacle().isEmpty(), START_LIMIT);
        if (!process.isAlive()) {
            throw failed(component, "died while it started, with exit code " + process.exitValue());
        }
        if (!inTime) {
            throw failed(
                    component,
                    "is not ready after %d s: %s"
                            .formatted(START_LIMIT.toSeconds(), probe.obstacle().orElse("it is too slow")));
        }
    }

    private static ComponentFailed failed(Component component, String what) {
        return new ComponentFailed(component.name(), what, component.log().lastLines());
    }
}
