package dev.herald.local;

/** The command line says something that the launcher does not know. */
final class BadUsage extends Failure {

    BadUsage(String sentence) {
        super(sentence);
    }

    @Override
    int exitCode() {
        return 2;
    }
}
