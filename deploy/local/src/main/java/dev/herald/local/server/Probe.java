package dev.herald.local.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import dev.herald.local.settings.PostgresAddress;
import dev.herald.local.settings.SmtpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checks once whether a server works. */
@FunctionalInterface
public interface Probe {

    int TIMEOUT = 2_000;

    /**
     * @throws NotReady if the server answers that it does not work
     * @throws Exception with the reason if it does not answer
     */
    void check() throws Exception;

    final class NotReady extends IOException {

        NotReady(String reason) {
            super(reason);
        }
    }

    /** The reason why the server does not work; empty if it works. */
    default Optional<String> obstacle() throws InterruptedException {
        try {
            check();
            return Optional.empty();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

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
                throw new NotReady(address + " answers " + status);
            }
        };
    }

    /** Checks that the answer is 200 and contains the text. */
    static Probe text(URI address, String text) {
        return () -> {
            HttpResponse<String> answer = Http.get(address);
            if (answer.statusCode() != 200 || !answer.body().contains(text)) {
                throw new NotReady("%s answers %d without %s".formatted(address, answer.statusCode(), text));
            }
        };
    }

    /** Checks a health endpoint. The reason of a failure names the components that are not UP. */
    static Probe health(URI address) {
        return () -> {
            HttpResponse<String> answer = Http.get(address);
            if (answer.statusCode() != 200) {
                throw new NotReady(unready(answer));
            }
        };
    }

    private static String unready(HttpResponse<String> answer) {
        String otherwise = "the answer is " + answer.statusCode();
        try {
            String parts = JsonMapper.shared()
                    .readTree(answer.body())
                    .path("components")
                    .propertyStream()
                    .map(part -> "%s is %s"
                            .formatted(
                                    part.getKey(),
                                    part.getValue().path("status").asString()))
                    .filter(part -> !part.endsWith(" is UP"))
                    .collect(joining(", "));
            return parts.isEmpty() ? otherwise : parts;
        } catch (JacksonException noDocument) {
            return otherwise;
        }
    }

    static Probe postgres(PostgresAddress address) {
        return () -> {
            try (Connection connection = address.connect()) {
                connection.createStatement().execute("select 1");
            }
        };
    }

    /** Checks that a standby receives the WAL of its primary. */
    static Probe postgresStandby(PostgresAddress address) {
        return () -> {
            try (Connection connection = address.connect();
                    Statement statement = connection.createStatement();
                    ResultSet receiver = statement.executeQuery("select status from pg_stat_wal_receiver")) {
                if (!receiver.next() || !receiver.getString(1).equals("streaming")) {
                    throw new NotReady("the primary is not followed");
                }
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
            // Fails now if nothing listens: Kafka's client would retry and log each failure.
            connect(bootstrapServers.split(",", -1)[0]).close();
            try (Admin admin = Admin.create(Map.of(
                    "bootstrap.servers", bootstrapServers,
                    "request.timeout.ms", TIMEOUT,
                    "default.api.timeout.ms", TIMEOUT))) {
                admin.describeCluster().nodes().get(TIMEOUT, TimeUnit.MILLISECONDS);
            }
        };
    }

    /** Sends an ApiVersions request, which is faster than starting Kafka's client. */
    static Probe kafkaSocket(String bootstrapServers) {
        // Kafka's protocol: length 10, API key 18 (ApiVersions), version 0, correlation id 1, no client id.
        byte[] apiVersions = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};
        return () -> {
            try (Socket socket = connect(bootstrapServers.split(",", -1)[0])) {
                socket.getOutputStream().write(apiVersions);
                if (socket.getInputStream().read() < 0) {
                    throw new NotReady(bootstrapServers + " answers nothing");
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
                    throw new NotReady("%s:%d answers \"%s\"".formatted(host, port, answer));
                }
            }
        };
    }

    private static Socket connect(String hostAndPort) throws IOException {
        int colon = hostAndPort.lastIndexOf(':');
        int port = Integer.parseInt(hostAndPort.substring(colon + 1));
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(hostAndPort.substring(0, colon), port), TIMEOUT);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }
}
