package dev.herald.platform.validation;

/** What PostgreSQL and UTF-8 can keep: every text but those with U+0000 or a lone surrogate. */
public final class StorableText {

    private StorableText() {}

    public static boolean isStorable(CharSequence text) {
        return text.codePoints()
                .allMatch(codePoint -> codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE);
    }
}
