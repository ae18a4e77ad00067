package dev.herald.local.suite;

import dev.herald.local.process.LogFile;
import dev.herald.local.process.Polling;
import dev.herald.local.process.Signal;
import dev.herald.local.server.Component;
import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.Readiness;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Starts and stops the process of a component, and keeps its record up to date. */
final class Runner {

    /** Many times the usual time: a busy machine is slow, and a crash is noticed at once. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** A JVM that is still starting handles the signal after its start only, and has no work to finish. */
    private static final Duration STOP_LIMIT_WHILE_STARTING = Duration.ofSeconds(2);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Settings settings;
    private final RunRecords records;
    private boolean closed;

    Runner(Settings settings, RunRecords records) {
        this.settings = settings;
        this.records = records;
    }

    /**
     * Starts a component, and returns when it is ready.
     *
     * @throws ComponentFailed if it cannot be started, dies, or is not ready in time
     */
    void start(Component component) throws InterruptedException {
        prepare(component);
        LogFile log = settings.home().log(component.name());
        Process process = launch(component, log);
        awaitReady(component, process, log);
        records.find(component.name()).ifPresent(record -> records.save(record.ready(Instant.now())));
    }

    /** Stops a component, and kills it after the limit; returns whether it ended by itself. */
    boolean stop(RunRecord record, Signal stopSignal) throws InterruptedException {
        records.save(record.stopped());
        record.process().ifPresent(stopSignal::sendTo);
        Duration limit = record.readyAt() == null ? STOP_LIMIT_WHILE_STARTING : STOP_LIMIT;
        if (Polling.until(() -> isGone(record), limit)) {
            return true;
        }
        kill(record);
        return false;
    }

    /** Kills a process; its desired state stays, so it counts as crashed. */
    void kill(RunRecord record) throws InterruptedException {
        record.process().ifPresent(Signal.KILL::sendTo);
        Polling.until(() -> isGone(record), KILL_LIMIT);
    }

    /** The process has ended and its ports are closed. */
    private static boolean isGone(RunRecord record) {
        return record.process().isEmpty() && record.ports().values().stream().noneMatch(FreePorts::isTaken);
    }

    /** Prevents further starts, so that a stop of all components is complete. */
    synchronized void close() {
        closed = true;
    }

    /** Prepares a component before its start, which otherwise does it. */
    void prepare(Component component) throws InterruptedException {
        try {
            component.prepare();
        } catch (IOException e) {
            LogFile log = settings.home().log(component.name());
            throw new ComponentFailed(component.name(), "cannot be prepared: " + e, log.lastLines());
        }
    }

    private Process launch(Component component, LogFile log) throws InterruptedException {
        try {
            ProcessBuilder builder = component.process();
            log.receive(builder);
            return launch(component, builder, log);
        } catch (IOException e) {
            throw new ComponentFailed(component.name(), "cannot start: " + e, log.lastLines());
        }
    }

    private synchronized Process launch(Component component, ProcessBuilder builder, LogFile log)
            throws IOException, InterruptedException {
        if (closed) {
            throw new InterruptedException("the suite is being stopped");
        }
        Process process = builder.start();
        records.save(RunRecord.of(component.name(), process.toHandle(), component.ports(), log.path()));
        return process;
    }

    private static void awaitReady(Component component, Process process, LogFile log) throws InterruptedException {
        Readiness readiness = new Readiness(component.probe());
        boolean inTime = Polling.until(() -> !process.isAlive() || readiness.reached(), START_LIMIT);
        if (!process.isAlive()) {
            String what = "died while it started, with exit code " + process.exitValue();
            throw new ComponentFailed(component.name(), what, log.lastLines());
        }
        if (!inTime) {
            String what = "is not ready after %d s: %s".formatted(START_LIMIT.toSeconds(), readiness.obstacle());
            throw new ComponentFailed(component.name(), what, log.lastLines());
        }
    }
}
