package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * A service's Spring Boot jar, unpacked into {@code target/app} as the JDK's start-up cache needs it, and that cache beside it.
 * Both are made anew when the jar's content or the JDK changes.
 */
record UnpackedJar(Path packed) {

    /** Where the jar is that starts. */
    Path unpacked() {
        return app().resolve(packed.getFileName());
    }

    /** Where the cache is, once it has been made. */
    Path startupCache() {
        return app().resolve("startup.aot");
    }

    void unpack(LogFile log) throws IOException, InterruptedException {
        Path origin = app().resolve("origin");
        String fingerprint = fingerprint();
        if (Files.exists(origin) && Files.readString(origin).equals(fingerprint)) {
            return;
        }
        Path unfinished = Folders.aside(app());
        Chore.run(
                log,
                JavaCommand.with()
                        .property("jarmode", "tools")
                        .jar(packed, "extract", "--force", "--destination", unfinished.toString()));
        Files.writeString(unfinished.resolve(origin.getFileName()), fingerprint);
        Folders.delete(app());
        Files.move(unfinished, app());
    }

    private Path app() {
        return packed.resolveSibling("app");
    }

    /** By what is in the jar and not by its age, so that building the same again keeps what was made. */
    private String fingerprint() throws IOException {
        CRC32 contents = new CRC32();
        try (ZipFile entries = new ZipFile(packed.toFile())) {
            entries.stream()
                    .map(entry -> entry.getName() + entry.getCrc())
                    .sorted()
                    .forEach(entry -> contents.update(entry.getBytes(UTF_8)));
        }
        return "%08x on %s".formatted(contents.getValue(), Runtime.version());
    }
}
