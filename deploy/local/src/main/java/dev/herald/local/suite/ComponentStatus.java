package dev.herald.local.suite;

import dev.herald.local.process.LogFile;
import dev.herald.local.process.ResidentMemory;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.settings.Port;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The process of a component, without a probe.
 *
 * @param pid 0 if there is no process
 * @param address its ports, or the address of the external server
 * @param uptime zero if there is no process
 * @param lastLines the end of its log, if it has crashed
 */
public record ComponentStatus(
        String name,
        State state,
        long pid,
        String address,
        ResidentMemory memory,
        Duration uptime,
        List<String> lastLines) {

    static ComponentStatus of(RunRecord record, LogFile log) {
        State state = record.state();
        return record.process()
                .map(process -> new ComponentStatus(
                        record.component(),
                        state,
                        record.pid(),
                        Port.describe(record.ports()),
                        ResidentMemory.of(process),
                        Duration.between(record.startedAt(), Instant.now()),
                        List.of()))
                .orElseGet(() -> gone(record.component(), state, state == State.CRASHED ? log.lastLines() : List.of()));
    }

    static ComponentStatus of(ExternalServer server) {
        return new ComponentStatus(
                server.name(), State.EXTERNAL, 0, server.address(), ResidentMemory.NONE, Duration.ZERO, List.of());
    }

    static ComponentStatus neverStarted(String name) {
        return gone(name, State.STOPPED, List.of());
    }

    private static ComponentStatus gone(String name, State state, List<String> lastLines) {
        return new ComponentStatus(name, state, 0, "", ResidentMemory.NONE, Duration.ZERO, lastLines);
    }
}
