package dev.herald.local.server;

import dev.herald.local.process.Folders;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The embedded Redis, with the program of the embedded-redis library. */
public record Redis(Settings settings) implements Component {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(data());
        if (!Files.exists(programs())) {
            Path unfinished = Folders.unfinished(programs());
            ExecutableProvider.newJarResourceProvider(unfinished.toFile()).get();
            Files.move(unfinished, programs());
        }
    }

    @Override
    public ProcessBuilder process() throws IOException {
        return new ProcessBuilder(
                program(),
                "--port",
                Integer.toString(settings.port(Port.REDIS)),
                "--bind",
                settings.bindAddress(),
                // Protected mode refuses clients without a password on other addresses than the loopback one.
                "--protected-mode",
                "no",
                "--dir",
                data().toString(),
                "--appendonly",
                "yes",
                // The append-only file is enough: no snapshots beside it.
                "--save",
                "");
    }

    @Override
    public Probe probe() {
        return Probe.redis(settings.redis());
    }

    private Path programs() {
        return settings.home().programs().resolve("redis");
    }

    /** The only file in the folder; the library chooses its name. */
    private String program() throws IOException {
        try (Stream<Path> programs = Files.list(programs())) {
            return programs.findAny().orElseThrow().toString();
        }
    }
}
