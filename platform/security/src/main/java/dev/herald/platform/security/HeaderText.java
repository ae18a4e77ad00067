package dev.herald.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * The header values that Spring Security's firewalls accept, without their regular expressions, which are slow on a long
 * token. HTTP's Latin-1 has no unassigned characters.
 */
public final class HeaderText {

    private HeaderText() {}

    /** Whether the value has no control characters except tabs; true for an absent header, which WebFlux asks about. */
    public static boolean isPlain(@Nullable String value) {
        if (value == null) {
            return true;
        }
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character != '\t' && Character.isISOControl(character)) {
                return false;
            }
        }
        return true;
    }
}
