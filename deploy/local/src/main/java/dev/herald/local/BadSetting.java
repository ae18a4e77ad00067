package dev.herald.local;

/** An environment variable holds what it cannot hold. */
final class BadSetting extends Failure {

    BadSetting(String variable, String value, String expected) {
        super("%s is \"%s\", but must be %s.".formatted(variable, value, expected));
    }

    @Override
    int exitCode() {
        return 2;
    }
}
