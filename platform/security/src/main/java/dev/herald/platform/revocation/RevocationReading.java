package dev.herald.platform.revocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.redis.connection.stream.MapRecord;

/**
 * The result of reading {@link RevocationLog}.
 *
 * @param position where the next reading continues
 * @param unreadable ids of entries that are not revocations
 */
record RevocationReading(
        StreamPosition position,
        List<Revocation> revocations,
        List<WithdrawnKey> keys,
        List<StreamPosition> unreadable) {

    /** @param position the end of the previous reading, which has reported the unreadable entries up to there */
    static RevocationReading of(List<MapRecord<String, String, String>> entries, StreamPosition position) {
        List<Revocation> revocations = new ArrayList<>();
        List<WithdrawnKey> keys = new ArrayList<>();
        List<StreamPosition> unreadable = new ArrayList<>();
        StreamPosition next = position;
        for (MapRecord<String, String, String> entry : entries) {
            Optional<Revocation> revocation = revocation(entry.getValue());
            revocation.ifPresent(revocations::add);
            Optional<WithdrawnKey> key = withdrawnKey(entry.getValue());
            key.ifPresent(keys::add);
            next = StreamPosition.of(entry.getId());
            if (revocation.isEmpty() && key.isEmpty() && next.compareTo(position) > 0) {
                unreadable.add(next);
            }
        }
        return new RevocationReading(next, revocations, keys, unreadable);
    }

    /** Empty if the entry is not a revocation, so that one bad entry does not hide the next ones. */
    private static Optional<Revocation> revocation(Map<String, String> entry) {
        try {
            return Optional.of(
                    new Revocation(UUID.fromString(entry.getOrDefault(RevocationLog.SESSION, "")), until(entry)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<WithdrawnKey> withdrawnKey(Map<String, String> entry) {
        try {
            String kid = entry.get(RevocationLog.KEY_ID);
            return kid == null ? Optional.empty() : Optional.of(new WithdrawnKey(kid, until(entry)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant until(Map<String, String> entry) {
        return Instant.ofEpochMilli(Long.parseLong(entry.getOrDefault("until", "")));
    }
}
