package dev.herald.platform.security;

import java.util.UUID;

@FunctionalInterface
public interface RevokedSessions {

    boolean contains(UUID session);
}
