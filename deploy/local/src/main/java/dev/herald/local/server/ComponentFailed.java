package dev.herald.local.server;

import dev.herald.local.process.Failure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A component cannot start, did not become ready in time, or refused an operation. */
public final class ComponentFailed extends Failure {

    /** The message ends with the reason, so that it is the last line on the screen, below the end of the log. */
    public ComponentFailed(String component, String what, List<String> lastLines) {
        super(Stream.concat(lastLines.stream().map(line -> "    | " + line), Stream.of(component + " " + what))
                .collect(Collectors.joining(System.lineSeparator())));
    }
}
