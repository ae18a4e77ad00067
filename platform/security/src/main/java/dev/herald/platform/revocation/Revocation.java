package dev.herald.platform.revocation;

import java.time.Instant;
import java.util.UUID;

/**
 * The end of a session.
 *
 * @param session the {@code sid} of its access tokens
 * @param until when the last of them is dead anyway, whatever the clocks say
 */
public record Revocation(UUID session, Instant until) {}
