package dev.herald.local.suite;

import dev.herald.local.process.StartedProcess;
import dev.herald.local.settings.Port;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record of a process of the suite, which later commands read.
 *
 * @param startedAt the start time of the process, because the system may give the same id to another process later
 * @param readyAt the time when the component was first ready; null before
 */
public record RunRecord(
        String component,
        long pid,
        Instant startedAt,
        @Nullable Instant readyAt,
        Map<Port, Integer> ports,
        String log,
        DesiredState desiredState) {

    /** The state that the last command asked for. A process that has ended although its desired state is {@code RUNNING} has crashed. */
    enum DesiredState {
        RUNNING,
        STOPPED
    }

    static RunRecord of(String component, ProcessHandle process, Map<Port, Integer> ports, Path log) {
        return new RunRecord(
                component,
                process.pid(),
                process.info().startInstant().orElseGet(Instant::now),
                null,
                ports,
                log.toString(),
                DesiredState.RUNNING);
    }

    RunRecord ready(Instant now) {
        return new RunRecord(component, pid, startedAt, now, ports, log, desiredState);
    }

    RunRecord stopped() {
        return new RunRecord(component, pid, startedAt, readyAt, ports, log, DesiredState.STOPPED);
    }

    /** The running process; empty after its end. */
    public Optional<ProcessHandle> process() {
        return new StartedProcess(pid, startedAt).handle();
    }

    State state() {
        if (process().isPresent()) {
            return readyAt == null ? State.STARTING : State.UP;
        }
        return desiredState == DesiredState.RUNNING ? State.CRASHED : State.STOPPED;
    }
}
