package dev.herald.platform.revocation;

import java.time.Instant;
import java.util.UUID;

/**
 * The end of a session.
 *
 * @param session the {@code sid} of its access tokens
 * @param until when its last access token has expired by every clock
 */
public record Revocation(UUID session, Instant until) {}
