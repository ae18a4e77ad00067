package dev.herald.platform.testing;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/** Unusual characters, which must be stored and returned unchanged. */
public final class Unicode {

    /** A character of every plane, all controls but U+0000, a byte order mark, and a character that changes the direction of text. */
    public static final String OF_EVERY_KIND = "e\u0301 \u202e\ufeff\u007f\uffff"
            + IntStream.rangeClosed(0, 16)
                    .mapToObj(plane -> Character.toString(plane * 0x10000 + 0x1234))
                    .collect(joining())
            + IntStream.concat(IntStream.range(1, 0x20), IntStream.rangeClosed(0x80, 0x9f))
                    .mapToObj(Character::toString)
                    .collect(joining());

    private Unicode() {}
}
