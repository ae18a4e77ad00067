package dev.herald.local.server;

import dev.herald.local.process.Folders;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The embedded Redis, with the program in the embedded-redis library. */
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
                // Protected mode would refuse clients without a password on all but the loopback address.
                "--protected-mode",
                "no",
                "--dir",
                data().toString(),
                "--appendonly",
                "yes",
                // No snapshots, because the append-only file keeps the data.
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

    /** The path of the program: the only file in the folder, because the library chooses its name. */
    private String program() throws IOException {
        try (Stream<Path> programs = Files.list(programs())) {
            return programs.findAny().orElseThrow().toString();
        }
    }
}
