package dev.herald.platform.revocation;

import java.time.Instant;

/**
 * A signing key whose tokens are all refused.
 *
 * @param kid the key's id (RFC 7517, section 4.5)
 * @param until when no process can have the public key in its cache any more
 */
public record WithdrawnKey(String kid, Instant until) {}
