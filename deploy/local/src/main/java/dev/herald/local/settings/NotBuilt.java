package dev.herald.local.settings;

import dev.herald.local.process.Failure;
import java.nio.file.Path;

/** A service has no jar to start. */
public final class NotBuilt extends Failure {

    NotBuilt(String service, Path folder) {
        super("%s has no jar in %s: build it with mvn -DskipTests package.".formatted(service, folder));
    }
}
