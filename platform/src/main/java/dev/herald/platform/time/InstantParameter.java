package dev.herald.platform.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.core.convert.converter.Converter;

/** A moment in a query: an RFC 3339 date-time, or a date, which means its midnight in UTC. */
final class InstantParameter implements Converter<String, Instant> {

    private static final int DATE_LENGTH = "2026-01-31".length();

    /** @throws IllegalArgumentException if it is neither, or in a year of more than four digits */
    @Override
    public Instant convert(String text) {
        try {
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : fourDigitYear(OffsetDateTime.parse(text)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("neither a date-time nor a date", e);
        }
    }

    /** RFC 3339 knows no others, and PostgreSQL not all of them. */
    private static OffsetDateTime fourDigitYear(OffsetDateTime time) {
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new DateTimeException("year");
        }
        return time;
    }
}
