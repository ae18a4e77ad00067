package dev.herald.local.settings;

import dev.herald.local.process.LogFile;
import java.nio.file.Path;

/** The one folder that holds everything the suite keeps: {@code .herald}, or where {@code HERALD_HOME} says. */
public record Home(Path folder) {

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** What outlives {@code down}. */
    public Path data(String component) {
        return data().resolve(component);
    }

    public Path data() {
        return folder.resolve("data");
    }

    public LogFile log(String component) {
        return new LogFile(logs().resolve(component + ".log"));
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** What is running now. */
    public Path run() {
        return folder.resolve("run");
    }

    /** Kept until the data is forgotten. */
    public Secrets secrets() {
        return new Secrets(folder.resolve("secrets.env"));
    }

    /** Held by the command that is changing the suite. */
    public Path lock() {
        return folder.resolve("lock");
    }

    /** The home of the suite that chaos is made with. */
    public Path chaos() {
        return folder.resolve("chaos");
    }

    /** The home of the servers that start-up caches are made with. */
    public Path training() {
        return folder.resolve("training");
    }

    /** The servers' own programs, unpacked once. */
    public Path programs() {
        return folder.resolve("programs");
    }
}
