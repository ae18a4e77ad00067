package dev.herald.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A plain reverse proxy with persistent connections: the least cost of a gateway. */
final class Nginx implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final URI address;

    private Nginx(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Looks on the PATH and where Debian installs it. */
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder).resolve("nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Nginx before(URI server, Path program) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("herald-nginx");
        int port = freePort();
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes auto;
                pid nginx.pid;
                error_log stderr;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  keepalive_requests 1000000;
                  upstream server {
                    server %s:%d;
                    keepalive 64;
                    keepalive_requests 1000000;
                  }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://server;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                    }
                  }
                }
                """.formatted(server.getHost(), server.getPort(), port));
        Process process = new ProcessBuilder(
                        program.toString(), "-p", folder.toString(), "-c", configuration.toString())
                .inheritIO()
                .start();
        Nginx nginx = new Nginx(process, URI.create("http://localhost:" + port));
        try {
            nginx.awaitListening(port);
            return nginx;
        } catch (BenchFailed e) {
            nginx.close();
            throw e;
        }
    }

    private void awaitListening(int port) {
        Wait.until(() -> isListening(port) || !process.isAlive(), POLL, START_LIMIT, "nginx does not start.");
        if (!process.isAlive()) {
            throw new BenchFailed("nginx does not start.");
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return address;
    }

    /** The master process stops its workers. */
    @Override
    public void close() {
        process.destroy();
    }
}
