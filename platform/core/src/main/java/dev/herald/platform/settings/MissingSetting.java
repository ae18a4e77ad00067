package dev.herald.platform.settings;

class MissingSetting extends RuntimeException {

    MissingSetting(String variable, String property) {
        super("The environment variable %s is not set or is empty, and %s has no default."
                .formatted(variable, property));
    }
}
