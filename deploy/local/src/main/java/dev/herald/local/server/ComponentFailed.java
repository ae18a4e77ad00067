package dev.herald.local.server;

import dev.herald.local.process.Failure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A component died while it started, or was not ready in time. */
public final class ComponentFailed extends Failure {

    /** The log comes first, so that the reason is the last line on the screen. */
    public ComponentFailed(String component, String what, List<String> lastLines) {
        super(Stream.concat(lastLines.stream().map(line -> "    | " + line), Stream.of(component + " " + what))
                .collect(Collectors.joining(System.lineSeparator())));
    }
}
