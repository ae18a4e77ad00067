package dev.herald.local.suite;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.herald.local.process.LogFile;
import dev.herald.local.process.ResidentMemory;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.settings.Port;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one component at one moment.
 *
 * @param pid 0 if there is no process
 * @param address the ports of the component, or the address of an external server
 * @param since the start of the process; null if there is none
 * @param lastLines the end of the log of a crashed component; otherwise empty
 * @param registered the status in the registry, or {@code ABSENT}; null if the component is no service
 * @param problem null if there is none
 */
public record ComponentStatus(
        String name,
        State state,
        long pid,
        String address,
        ResidentMemory memory,
        @Nullable Instant since,
        Map<Port, Integer> ports,
        List<String> lastLines,
        @Nullable String registered,
        @Nullable String problem) {

    private record Registration(String expected, String actual) {}

    static ComponentStatus of(RunRecord record, LogFile log) {
        State state = record.state();
        return record.process()
                .map(process -> new ComponentStatus(
                        record.component(),
                        state,
                        record.pid(),
                        Port.describe(record.ports()),
                        ResidentMemory.of(process),
                        record.startedAt(),
                        record.ports(),
                        List.of(),
                        null,
                        null))
                .orElseGet(() -> withoutProcess(
                        record.component(), state, "", state == State.CRASHED ? log.lastLines() : List.of()));
    }

    static ComponentStatus of(ExternalServer server) {
        return withoutProcess(server.name(), State.EXTERNAL, server.address(), List.of());
    }

    static ComponentStatus neverStarted(String name) {
        return withoutProcess(name, State.STOPPED, "", List.of());
    }

    private static ComponentStatus withoutProcess(String name, State state, String address, List<String> lastLines) {
        return new ComponentStatus(name, state, 0, address, ResidentMemory.NONE, null, Map.of(), lastLines, null, null);
    }

    ComponentStatus probed(State found, @Nullable String why) {
        return new ComponentStatus(name, found, pid, address, memory, since, ports, lastLines, registered, why);
    }

    ComponentStatus registered(String status, @Nullable String why) {
        return new ComponentStatus(name, state, pid, address, memory, since, ports, lastLines, status, why);
    }

    public boolean isUp() {
        return state == State.UP || state == State.EXTERNAL;
    }

    /** The object that {@code ./herald help status} describes. */
    @JsonValue
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("state", state.word());
        if (since != null) {
            json.put("pid", pid);
            json.put("since", since);
            json.put("memoryBytes", memory.kibibytes() * 1024);
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        ports.forEach((port, number) -> numbers.put(port.purpose().isEmpty() ? "service" : port.purpose(), number));
        json.put("ports", numbers);
        if (registered != null) {
            json.put("registry", new Registration("UP", registered));
        }
        if (problem != null) {
            json.put("problem", problem);
        }
        return json;
    }
}
