package dev.herald.local;

import java.util.List;

/** Ports that the suite needs are not free. */
final class PortsTaken extends Failure {

    PortsTaken(List<String> sentences) {
        super(String.join(System.lineSeparator(), sentences));
    }
}
