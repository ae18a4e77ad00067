package dev.herald.local.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One of the Redis Sentinels of a cluster: two that agree replace a master that does not answer. */
public record Sentinel(Settings settings, int instance) implements Component {

    /** The name under which the services ask for the master. */
    public static final String MASTER = "herald";

    @Override
    public String name() {
        return "sentinel-" + instance;
    }

    @Override
    public boolean isFollower() {
        return true;
    }

    /** Sentinel rewrites its configuration file. The first instance of Redis is the master at every start of the cluster. */
    @Override
    public void prepare() throws IOException {
        Settings redis = settings.node("redis", 1);
        Files.createDirectories(data());
        Files.writeString(configuration(), """
                port %d
                bind %s
                protected-mode no
                dir "%s"
                sentinel monitor herald %s %d 2
                sentinel down-after-milliseconds herald 1000
                sentinel failover-timeout herald 5000
                """.formatted(
                        settings.port(Port.SENTINEL), settings.host(), data(), redis.host(), redis.port(Port.REDIS)));
    }

    /** Asks one Sentinel after the other for the master's address. */
    public static String master(List<Sentinel> sentinels) {
        for (Sentinel sentinel : sentinels) {
            try (Socket socket = new Socket(sentinel.host(), sentinel.settings.port(Port.SENTINEL))) {
                socket.setSoTimeout(Probe.TIMEOUT);
                socket.getOutputStream()
                        .write("SENTINEL get-master-addr-by-name %s\r\n"
                                .formatted(MASTER)
                                .getBytes(US_ASCII));
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                // The RESP array of the host and the port: *2, $12, the host, ...
                answer.readLine();
                answer.readLine();
                return answer.readLine();
            } catch (IOException noAnswer) {
                // The next one may answer.
            }
        }
        throw new ComponentFailed("sentinel", "does not know the master of Redis", List.of());
    }

    private Path configuration() {
        return data().resolve("sentinel.conf");
    }

    @Override
    public ProcessBuilder process() throws IOException {
        return new ProcessBuilder(
                new RedisProgram(settings.home()).path(), configuration().toString(), "--sentinel");
    }

    @Override
    public Probe probe() {
        return Probe.redis(URI.create("redis://" + settings.address(Port.SENTINEL)));
    }
}
