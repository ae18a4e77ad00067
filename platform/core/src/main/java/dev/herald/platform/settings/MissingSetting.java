package dev.herald.platform.settings;

/** The environment lacks a variable that the service has no default for, such as a password. */
class MissingSetting extends RuntimeException {

    MissingSetting(String variable, String property) {
        super("The environment variable %s is not set or is empty, and %s has no default."
                .formatted(variable, property));
    }
}
