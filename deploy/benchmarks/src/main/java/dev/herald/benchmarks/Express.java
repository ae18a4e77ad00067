package dev.herald.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The service of {@code peers/express}, which uses the suite's PostgreSQL and Redis. */
record Express(Process process, int port) implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    static Express start(Path folder, Target target) throws IOException {
        int port = GatewayPair.freePort();
        Database database = target.usersDatabase();
        ProcessBuilder builder = new ProcessBuilder("node", "server.js")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "NODE_ENV", "production",
                        "PORT", Integer.toString(port),
                        "DATABASE_URL", database.url().substring("jdbc:".length()),
                        "PGUSER", database.user(),
                        "PGPASSWORD", database.password(),
                        "REDIS_URL", target.userServiceProgram().variable("SPRING_DATA_REDIS_URL"),
                        "JWKS_URL", target.userService() + "/.well-known/jwks.json"));
        Express express = new Express(builder.start(), port);
        try {
            Wait.until(
                    express::isListening, POLL, START_LIMIT, "it does not start, see " + folder.resolve("server.log"));
            return express;
        } catch (BenchFailed e) {
            express.close();
            throw e;
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
