package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A replacement for another service: a real HTTP server, whose responses the test chooses. */
public final class OtherService {

    /** Serves the public keys of {@link TestTokens}. */
    public static final OtherService USER_SERVICE = new OtherService(null);

    public static final OtherService POST_SERVICE = new OtherService(null);

    /** A request that this server has received. */
    public record Request(String method, URI uri, Headers headers) {}

    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile @Nullable ServerCertificate certificate;
    private HttpServer server;

    static {
        USER_SERVICE.answers("/.well-known/jwks.json", 200, TestTokens.publicKeys());
    }

    private OtherService(@Nullable ServerCertificate certificate) {
        this.certificate = certificate;
        this.server = start(0);
    }

    public static OtherService overTls(ServerCertificate certificate) {
        return new OtherService(certificate);
    }

    public String url() {
        return (certificate == null ? "http" : "https") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    public void answers(String path, int status, String json) {
        answers(path, exchange -> answer(exchange, status, json));
    }

    public void answers(String path, HttpHandler answer) {
        answers.put(path, answer);
    }

    public List<Request> requests(String path) {
        return requests.stream()
                .filter(request -> request.uri().getPath().equals(path))
                .toList();
    }

    /** Refuses connections until {@link #restart}. */
    public void stop() {
        server.stop(0);
    }

    /** Accepts connections again, at the same address. */
    public void restart() {
        server = start(server.getAddress().getPort());
    }

    /** Restarts with another certificate. */
    public void present(ServerCertificate other) {
        stop();
        certificate = other;
        restart();
    }

    public static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private HttpServer start(int port) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            ServerCertificate presented = certificate;
            HttpServer started = presented == null ? HttpServer.create(address, 0) : overTls(address, presented);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/", this::handle);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer overTls(InetSocketAddress address, ServerCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.tls()));
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders()));
        answers.getOrDefault(path, unknown -> answer(unknown, 404, "{}")).handle(exchange);
    }
}
