package dev.herald.platform.revocation;

import java.time.Instant;
import java.util.UUID;

/**
 * The end of a session.
 *
 * @param session the {@code sid} of its access tokens
 * @param until when every verifier refuses the session's last access token as expired
 */
public record Revocation(UUID session, Instant until) {}
