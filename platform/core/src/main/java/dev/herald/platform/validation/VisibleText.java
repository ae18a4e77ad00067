package dev.herald.platform.validation;

final class VisibleText {

    /** The first and last code points of the ranges of Default_Ignorable_Code_Point (Unicode 17) outside category C. */
    private static final int[][] IGNORABLE = {
        {0x034F, 0x034F}, // combining grapheme joiner
        {0x115F, 0x1160}, // Hangul fillers
        {0x17B4, 0x17B5}, // Khmer inherent vowels
        {0x180B, 0x180F}, // Mongolian variation selectors
        {0x3164, 0x3164}, // Hangul filler
        {0xFE00, 0xFE0F}, // variation selectors
        {0xFFA0, 0xFFA0}, // halfwidth Hangul filler
        {0xE0100, 0xE01EF} // variation selectors supplement
    };

    private VisibleText() {}

    /** Whether the text has a character that is not white space, category C (Other) or default-ignorable. */
    static boolean hasVisibleCharacter(CharSequence text) {
        return text.codePoints().anyMatch(VisibleText::isVisible);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isIgnorable(codePoint);
        };
    }

    private static boolean isIgnorable(int codePoint) {
        for (int[] range : IGNORABLE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
