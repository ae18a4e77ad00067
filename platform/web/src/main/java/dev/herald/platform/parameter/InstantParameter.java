package dev.herald.platform.parameter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.convert.converter.Converter;

/** Reads an RFC 3339 date-time, or a date, which means midnight in UTC. */
final class InstantParameter implements Converter<String, Instant> {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile(DATE + "[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    @Override
    public Instant convert(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("neither a date-time nor a date"));
    }

    /** Empty if the text is neither a date-time nor a date. */
    static Optional<Instant> parse(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            if (DATE_TIME.matcher(text).matches()) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
        } catch (DateTimeException e) {
            return Optional.empty(); // such as the 30th of February
        }
        return Optional.empty();
    }
}
