package dev.herald.local.settings;

import dev.herald.local.process.Failure;
import java.util.List;

final class PortsTaken extends Failure {

    PortsTaken(List<String> sentences) {
        super(String.join(System.lineSeparator(), sentences));
    }
}
