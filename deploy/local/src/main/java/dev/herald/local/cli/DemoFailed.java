package dev.herald.local.cli;

import dev.herald.local.process.Failure;

/** A step of the demo failed. */
final class DemoFailed extends Failure {

    DemoFailed(String sentence) {
        super(sentence);
    }
}
