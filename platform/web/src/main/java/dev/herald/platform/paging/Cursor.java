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
 * The sort columns of a page's last item, which clients see as one opaque word. Cursors need no signature: a made-up
 * one begins elsewhere in the list and shows nothing that the client may not see.
 */
public record Cursor(List<String> values) {

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final JsonMapper JSON = JsonMapper.shared();

    public static Cursor of(Object... values) {
        return new Cursor(List.of(values).stream().map(Object::toString).toList());
    }

    /** @throws InvalidCursor if the word is not a cursor with this number of columns */
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

    public String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(values));
    }

    public String text(int column) {
        return values.get(column);
    }

    /** @throws InvalidCursor if the column is not a whole number */
    public long number(int column) {
        try {
            return Long.parseLong(values.get(column));
        } catch (NumberFormatException e) {
            throw new InvalidCursor();
        }
    }

    /** @throws InvalidCursor if the column is not an instant from 1970 to 9999 */
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

    /** @throws InvalidCursor if the column is not a UUID */
    public UUID uuid(int column) {
        try {
            return CanonicalUuid.parse(values.get(column));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursor();
        }
    }
}
