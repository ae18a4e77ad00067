package dev.herald.local;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A component died while it started, or was not ready in time. */
final class ComponentFailed extends Failure {

    ComponentFailed(String component, String what, List<String> lastWords) {
        super(lastWords.stream().map(LogFile::quoted).collect(joining("", component + " " + what, "")));
    }
}
