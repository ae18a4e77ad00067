package dev.herald.platform.settings;

/** An environment variable without a default, such as a password, is not set or is empty. */
class MissingSetting extends RuntimeException {

    MissingSetting(String variable, String property) {
        super("The environment variable %s is not set or is empty, and %s has no default."
                .formatted(variable, property));
    }
}
