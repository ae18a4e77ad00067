package dev.herald.local.settings;

import dev.herald.local.process.Failure;

final class BadSetting extends Failure {

    BadSetting(String variable, String value, String expected) {
        super("%s is \"%s\", but must be %s.".formatted(variable, value, expected));
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
