package dev.herald.local;

import java.nio.file.Path;

/** The one folder that holds everything the suite keeps: {@code .herald}, or where {@code HERALD_HOME} says. */
record Home(Path folder) {

    Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** What outlives {@code down}. */
    Path data(String component) {
        return data().resolve(component);
    }

    Path data() {
        return folder.resolve("data");
    }

    LogFile log(String component) {
        return new LogFile(logs().resolve(component + ".log"));
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** What is running now. */
    Path run() {
        return folder.resolve("run");
    }

    /** Kept until the data is forgotten. */
    Secrets secrets() {
        return new Secrets(folder.resolve("secrets.env"));
    }

    /** Held by the command that is changing the suite. */
    Path lock() {
        return folder.resolve("lock");
    }

    /** The home of the suite that chaos is made with. */
    Path chaos() {
        return folder.resolve("chaos");
    }

    /** The home of the servers that start-up caches are made with. */
    Path training() {
        return folder.resolve("training");
    }

    /** The servers' own programs, unpacked once. */
    Path programs() {
        return folder.resolve("programs");
    }
}
