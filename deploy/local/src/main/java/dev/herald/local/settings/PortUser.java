package dev.herald.local.settings;

import java.util.Map;

/** What listens on ports. */
public interface PortUser {

    String name();

    /** The ports that it listens on, with their numbers. */
    Map<Port, Integer> ports();
}
