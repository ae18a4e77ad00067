package dev.herald.platform.revocation;

import java.time.Instant;

/**
 * A signing key whose tokens are all refused.
 *
 * @param kid its id (RFC 7517, section 4.5)
 * @param until when no process can still have its public half
 */
public record WithdrawnKey(String kid, Instant until) {}
