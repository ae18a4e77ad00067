package dev.herald.local.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.herald.local.settings.PostgresAddress;
import dev.herald.local.settings.SmtpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Checks once whether a server works. */
@FunctionalInterface
public interface Probe {

    /** Milliseconds. */
    int TIMEOUT = 2_000;

    /** @throws Exception with the reason if it does not */
    void check() throws Exception;

    default Probe and(Probe other) {
        return () -> {
            check();
            other.check();
        };
    }

    static Probe http(URI address) {
        return () -> {
            int status = Http.get(address).statusCode();
            if (status != 200) {
                throw new IOException(address + " answers " + status);
            }
        };
    }

    static Probe postgres(PostgresAddress address) {
        return () -> {
            try (Connection connection = address.connect()) {
                connection.createStatement().execute("select 1");
            }
        };
    }

    static Probe redis(URI address) {
        return conversation(address.getHost(), address.getPort() < 0 ? 6379 : address.getPort(), "PING\r\n", "+PONG");
    }

    static Probe smtp(SmtpAddress address) {
        return conversation(address.host(), address.port(), "", "220");
    }

    static Probe kafka(String bootstrapServers) {
        return () -> {
            // Kafka's client would retry in the background, and log that, if nothing listens yet.
            connect(bootstrapServers.split(",", -1)[0]).close();
            try (Admin admin = Admin.create(Map.of(
                    "bootstrap.servers", bootstrapServers,
                    "request.timeout.ms", TIMEOUT,
                    "default.api.timeout.ms", TIMEOUT))) {
                admin.describeCluster().nodes().get(TIMEOUT, TimeUnit.MILLISECONDS);
            }
        };
    }

    /** Asks the broker for its API versions, which is faster than starting Kafka's client. */
    static Probe kafkaSocket(String bootstrapServers) {
        return () -> {
            try (Socket socket = connect(bootstrapServers.split(",", -1)[0])) {
                socket.getOutputStream().write(apiVersions());
                if (socket.getInputStream().read() < 0) {
                    throw new IOException(bootstrapServers + " answers nothing");
                }
            }
        };
    }

    private static Probe conversation(String host, int port, String said, String expected) {
        return () -> {
            try (Socket socket = connect(host + ":" + port)) {
                socket.getOutputStream().write(said.getBytes(US_ASCII));
                String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
                if (answer == null || !answer.startsWith(expected)) {
                    throw new IOException("%s:%d answers \"%s\"".formatted(host, port, answer));
                }
            }
        };
    }

    private static Socket connect(String hostAndPort) throws IOException {
        int colon = hostAndPort.lastIndexOf(':');
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(
                        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1))),
                TIMEOUT);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }

    /** A request of Kafka's protocol: length, key 18 and version 0, a correlation id, and no client id. */
    private static byte[] apiVersions() {
        return new byte[] {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};
    }
}
