package dev.herald.local.settings;

import dev.herald.local.process.Failure;

/** The machine has less than half of the memory that the suite needs. */
final class MemoryShort extends Failure {

    MemoryShort(String sentence) {
        super(sentence);
    }
}
