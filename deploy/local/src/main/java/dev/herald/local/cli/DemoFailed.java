package dev.herald.local.cli;

import dev.herald.local.process.Failure;

/** The story did not go on as it should. */
final class DemoFailed extends Failure {

    DemoFailed(String sentence) {
        super(sentence);
    }
}
