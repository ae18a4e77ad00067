package dev.herald.platform.paging;

import dev.herald.platform.id.CanonicalUuid;
import dev.herald.platform.validation.StorableText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in a list's order: the values of its sort columns. Clients see it as one opaque word, which is no permission: a caller that
 * makes one up begins elsewhere in the list, and sees of it what they may.
 */
public record Cursor(List<String> values) {

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final JsonMapper JSON = JsonMapper.shared();

    public static Cursor of(Object... values) {
        return new Cursor(List.of(values).stream().map(Object::toString).toList());
    }

    /** @throws InvalidCursor if the word is not as {@link #encode} makes them for as many sort columns */
    public static Cursor decode(String word, int columns) {
        try {
            List<String> values = JSON.readValue(Base64.getUrlDecoder().decode(word), new TypeReference<>() {});
            if (values == null
                    || values.size() != columns
                    || !values.stream().allMatch(value -> value != null && StorableText.isStorable(value))) {
                throw new InvalidCursor();
            }
            return new Cursor(values);
        } catch (IllegalArgumentException | JacksonException e) {
            throw new InvalidCursor();
        }
    }

    /** The word that a list gives out. */
    public String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(values));
    }

    public String text(int column) {
        return values.get(column);
    }

    /** The column as a whole number, or {@link InvalidCursor} if it is none. */
    public long number(int column) {
        try {
            return Long.parseLong(values.get(column));
        } catch (NumberFormatException e) {
            throw new InvalidCursor();
        }
    }

    /** The column as an instant, or {@link InvalidCursor} if it is none, or one in a year that no clock of ours can have shown. */
    public Instant instant(int column) {
        try {
            Instant instant = Instant.parse(values.get(column));
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(END_OF_TIME)) {
                throw new InvalidCursor();
            }
            return instant;
        } catch (DateTimeException e) {
            throw new InvalidCursor();
        }
    }

    /** The column as a UUID, or {@link InvalidCursor} if it is none. */
    public UUID uuid(int column) {
        try {
            return CanonicalUuid.parse(values.get(column));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursor();
        }
    }
}
