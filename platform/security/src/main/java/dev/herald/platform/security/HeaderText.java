package dev.herald.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * Checks header values by the rule of Spring Security's firewalls, without their regular expressions, which are slow
 * for a long token. Unassigned characters need no check, because headers are in Latin-1, which has none.
 */
public final class HeaderText {

    private HeaderText() {}

    /**
     * Whether the value has no control characters except tabs; true for null, because WebFlux also checks absent
     * headers.
     */
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
