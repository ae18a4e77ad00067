package dev.herald.local.suite;

import dev.herald.local.process.Failure;

public final class BadUsage extends Failure {

    public BadUsage(String sentence) {
        super(sentence);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
