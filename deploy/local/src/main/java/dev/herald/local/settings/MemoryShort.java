package dev.herald.local.settings;

import dev.herald.local.process.Failure;

/** The machine has not half the memory that the suite takes. */
final class MemoryShort extends Failure {

    MemoryShort(String sentence) {
        super(sentence);
    }
}
