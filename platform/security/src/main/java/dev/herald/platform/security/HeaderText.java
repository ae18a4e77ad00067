package dev.herald.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * What Spring Security's firewalls let pass in a header's value, without their regular expression: it is applied to the
 * whole token, again and again. HTTP's Latin-1 has no unassigned characters.
 */
public final class HeaderText {

    private HeaderText() {}

    /** Whether there are no control characters in it but tabs; true as well of a header that was not sent, which WebFlux asks about. */
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
