package dev.herald.user.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Told inside of this service, in the transaction of the change: the user's sessions are to end.
 *
 * @param exceptSession the one that goes on; null if none does
 */
public record AccessEnded(UUID userId, @Nullable UUID exceptSession) {}
