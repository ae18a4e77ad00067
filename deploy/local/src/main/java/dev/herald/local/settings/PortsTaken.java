package dev.herald.local.settings;

import dev.herald.local.process.Failure;
import java.util.List;

/** Ports that the suite needs are not free. */
public final class PortsTaken extends Failure {

    PortsTaken(List<String> sentences) {
        super(String.join(System.lineSeparator(), sentences));
    }
}
