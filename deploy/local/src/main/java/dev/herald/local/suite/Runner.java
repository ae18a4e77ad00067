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

/** Starts and stops the processes of single components, and keeps their records true. */
final class Runner {

    /** Many times what it takes: on a machine with much else to do, slow is no failure, and who dies is noticed at once. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
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

    /** Asks a component to end, and makes it end if it does not; says whether it went on its own. */
    boolean stop(RunRecord record, Signal stopSignal) throws InterruptedException {
        records.save(record.stopped());
        record.process().ifPresent(stopSignal::sendTo);
        if (Polling.until(() -> isGone(record), STOP_LIMIT)) {
            return true;
        }
        kill(record);
        return false;
    }

    /** Ends a process without asking, which is no intention of its user: it counts as crashed. */
    void kill(RunRecord record) throws InterruptedException {
        record.process().ifPresent(Signal.KILL::sendTo);
        Polling.until(() -> isGone(record), KILL_LIMIT);
    }

    /** Ended with all its threads: the last one of them closes the ports. */
    private static boolean isGone(RunRecord record) {
        return record.process().isEmpty() && record.ports().values().stream().noneMatch(FreePorts::isTaken);
    }

    /** Lets nothing start any more, so that whoever stops everything has stopped everything. */
    synchronized void close() {
        closed = true;
    }

    /** Makes what a component needs; its start does so too, but this may be done ahead. */
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
