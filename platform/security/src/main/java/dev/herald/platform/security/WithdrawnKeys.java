package dev.herald.platform.security;

import java.time.Duration;

/** The signing keys that were withdrawn, so that all of their tokens are refused. */
@FunctionalInterface
public interface WithdrawnKeys {

    /** How long a withdrawn key is remembered: longer than a process keeps public keys while it cannot fetch them. */
    Duration REMEMBERED_FOR = Duration.ofHours(25);

    /** @param kid of a key (RFC 7517, section 4.5) */
    boolean contains(String kid);
}
