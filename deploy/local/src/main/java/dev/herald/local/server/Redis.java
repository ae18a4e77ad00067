package dev.herald.local.server;

import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedded Redis.
 *
 * @param instance 0 outside of a cluster; in a cluster 1 starts as master and 2 as its replica, and Sentinel exchanges them
 */
public record Redis(Settings settings, int instance) implements Component {

    @Override
    public String name() {
        return Component.nodeName("redis", instance);
    }

    @Override
    public boolean isFollower() {
        return instance > 1;
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(data());
        new RedisProgram(settings.home()).unpack();
    }

    @Override
    public ProcessBuilder process() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                new RedisProgram(settings.home()).path(),
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
                ""));
        if (isFollower()) {
            Settings master = settings.node("redis", 1);
            command.addAll(List.of("--replicaof", master.host(), Integer.toString(master.port(Port.REDIS))));
        }
        return new ProcessBuilder(command);
    }

    @Override
    public Probe probe() {
        return Probe.redis(URI.create("redis://" + settings.address(Port.REDIS)));
    }
}
