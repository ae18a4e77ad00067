package dev.herald.local.cli;

import dev.herald.local.suite.BadUsage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the times in log lines and on the command line. */
final class LogTime {

    /** The last position where a time may begin: a process id (Redis), a key (Prometheus) or a heading may precede it. */
    private static final int FURTHEST = 16;

    /** RFC 3339; also with a blank instead of the T, a comma instead of the dot, or no time zone. */
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?)( ?Z| UTC| GMT|[+-]\\d{2}:?\\d{2})?");

    private static final Pattern REDIS = Pattern.compile("(\\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{3})");
    private static final DateTimeFormatter REDIS_TIME =
            DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH);

    private LogTime() {}

    /**
     * The time of a log line; empty if it has none.
     *
     * @param zone the time zone of lines that name none
     */
    static Optional<Instant> of(String line, ZoneId zone) {
        Matcher iso = ISO.matcher(line);
        Matcher redis = REDIS.matcher(line);
        try {
            if (iso.find() && iso.start() <= FURTHEST) {
                LocalDateTime local =
                        LocalDateTime.parse(iso.group(1) + "T" + iso.group(2).replace(',', '.'));
                return Optional.of(local.atZone(zone(iso.group(3), zone)).toInstant());
            }
            if (redis.find() && redis.start() <= FURTHEST) {
                return Optional.of(LocalDateTime.parse(redis.group(1), REDIS_TIME)
                        .atZone(zone)
                        .toInstant());
            }
        } catch (DateTimeException onlyLooksLikeOne) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Parses {@code 10m}, {@code 10:15} or {@code 2026-11-30T10:15:00Z}. */
    static Instant parse(String typed, ZonedDateTime now) {
        try {
            if (typed.matches("\\d{1,6}[smhd]")) {
                return now.toInstant().minus(Duration.parse((typed.endsWith("d") ? "P" : "PT") + typed));
            }
            if (typed.matches("\\d{1,2}:\\d{2}(:\\d{2})?")) {
                LocalTime time = LocalTime.parse(typed.length() % 3 == 1 ? "0" + typed : typed);
                ZonedDateTime today = now.with(time);
                return (today.isAfter(now) ? today.minusDays(1) : today).toInstant();
            }
            if (typed.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(typed).atStartOfDay(now.getZone()).toInstant();
            }
            String time = typed.replace(' ', 'T');
            return time.matches(".*T.*(Z|[+-]\\d{2}:?\\d{2})")
                    ? OffsetDateTime.parse(time).toInstant()
                    : LocalDateTime.parse(time).atZone(now.getZone()).toInstant();
        } catch (DateTimeException e) {
            throw new BadUsage(
                    "\"%s\" is no time: say 90s, 10m, 2h, 1d, 10:15 or 2026-11-30T10:15:00Z.".formatted(typed));
        }
    }

    private static ZoneId zone(@Nullable String named, ZoneId otherwise) {
        return named == null ? otherwise : ZoneId.of(named.strip());
    }
}
