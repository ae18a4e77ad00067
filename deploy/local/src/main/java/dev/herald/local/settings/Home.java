package dev.herald.local.settings;

import dev.herald.local.process.LogFile;
import java.nio.file.Path;

/** The folder of data, logs and records: {@code .herald}, or {@code HERALD_HOME}. */
public record Home(Path folder) {

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The data of a component, which {@code down} keeps. */
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

    /** The records of running processes, which {@code down} deletes. */
    public Path run() {
        return folder.resolve("run");
    }

    public Secrets secrets() {
        return new Secrets(folder.resolve("secrets.env"));
    }

    public Path lock() {
        return folder.resolve("lock");
    }

    public Path chaos() {
        return folder.resolve("chaos");
    }

    public Path training() {
        return folder.resolve("training");
    }

    /** The unpacked programs of PostgreSQL and Redis. */
    public Path programs() {
        return folder.resolve("programs");
    }
}
