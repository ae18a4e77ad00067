package dev.herald.local.server;

import dev.herald.local.process.LogFile;
import dev.herald.local.process.Signal;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.PortUser;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A server, service or observer of the suite, which runs in its own process. */
public interface Component extends PortUser {

    Settings settings();

    @Override
    default Map<Port, Integer> ports() {
        return settings().ports(name());
    }

    default void prepare() throws IOException, InterruptedException {}

    ProcessBuilder process() throws IOException;

    Probe probe();

    /** The signal that stops the process gracefully. */
    default Signal stopSignal() {
        return Signal.TERM;
    }

    default Path data() {
        return settings().home().data(name());
    }

    default LogFile log() {
        return settings().home().log(name());
    }
}
