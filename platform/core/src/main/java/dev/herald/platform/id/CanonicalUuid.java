package dev.herald.platform.id;

import java.util.UUID;
import java.util.regex.Pattern;

/** The canonical form of UUIDs (RFC 9562, section 4); {@link UUID#fromString} accepts others, such as {@code 1-1-1-1-1}. */
public final class CanonicalUuid {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private CanonicalUuid() {}

    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if the text is not in the canonical form */
    public static UUID parse(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException("not a UUID");
        }
        return UUID.fromString(text);
    }
}
