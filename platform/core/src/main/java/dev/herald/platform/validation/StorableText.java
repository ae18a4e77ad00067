package dev.herald.platform.validation;

/** Texts that PostgreSQL and UTF-8 can store: those without U+0000 and lone surrogates. */
public final class StorableText {

    private StorableText() {}

    public static boolean isStorable(CharSequence text) {
        return text.codePoints()
                .allMatch(codePoint -> codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE);
    }
}
