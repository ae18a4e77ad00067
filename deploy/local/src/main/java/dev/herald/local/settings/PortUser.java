package dev.herald.local.settings;

import java.util.Map;

public interface PortUser {

    String name();

    Map<Port, Integer> ports();

    /** The address that the component listens on. */
    String host();
}
