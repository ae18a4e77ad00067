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

    /** The name of an instance, for example {@code kafka-2}. Outside of a cluster the instance is 0, and its name has no number. */
    static String nodeName(String component, int instance) {
        return instance == 0 ? component : component + "-" + instance;
    }

    @Override
    default Map<Port, Integer> ports() {
        return settings().ports(name().replaceFirst("-[0-9]+$", ""));
    }

    @Override
    default String host() {
        return settings().host();
    }

    default void prepare() throws IOException, InterruptedException {}

    ProcessBuilder process() throws IOException;

    Probe probe();

    /** Whether the component needs other servers at its start, such as a standby its primary. */
    default boolean isFollower() {
        return false;
    }

    /** Is called when the component is ready. */
    default void afterStart() throws IOException {}

    /** Is called before the component is stopped, also if its process has ended already. */
    default void beforeStop() {}

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
