package dev.herald.local.settings;

import java.util.Map;

/** A component that listens on ports. */
public interface PortUser {

    String name();

    Map<Port, Integer> ports();
}
