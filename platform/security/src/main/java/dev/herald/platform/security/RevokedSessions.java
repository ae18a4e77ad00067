package dev.herald.platform.security;

import java.util.UUID;

/** The sessions that have ended although their access tokens have not expired. */
@FunctionalInterface
public interface RevokedSessions {

    boolean contains(UUID session);
}
