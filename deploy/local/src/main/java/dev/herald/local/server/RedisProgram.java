package dev.herald.local.server;

import dev.herald.local.process.Folders;
import dev.herald.local.settings.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The program in the embedded-redis library, unpacked on first use. */
record RedisProgram(Home home) {

    private Path folder() {
        return home.programs().resolve("redis");
    }

    void unpack() throws IOException {
        if (!Files.exists(folder())) {
            Path unfinished = Folders.unfinished(folder());
            ExecutableProvider.newJarResourceProvider(unfinished.toFile()).get();
            Files.move(unfinished, folder());
        }
    }

    /** The only file in the folder, because the library chooses its name. */
    String path() throws IOException {
        try (Stream<Path> programs = Files.list(folder())) {
            return programs.findAny().orElseThrow().toString();
        }
    }
}
