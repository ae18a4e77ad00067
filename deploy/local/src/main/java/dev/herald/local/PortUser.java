package dev.herald.local;

import java.util.Map;

/** What listens on ports. */
interface PortUser {

    String name();

    /** The ports that it listens on, with their numbers. */
    Map<Port, Integer> ports();
}
