package dev.herald.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A plain reverse proxy with persistent connections: the lowest cost that a gateway can have. */
record Nginx(Process process, int port) implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    /** Finds nginx on the {@code PATH} and in {@code /usr/sbin}, where Debian installs it. */
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder).resolve("nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Nginx before(URI server, Path program) throws IOException {
        Path folder = Files.createTempDirectory("herald-nginx");
        int port = GatewayPair.freePort();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(server, port));
        Process process = new ProcessBuilder(
                        program.toString(), "-p", folder.toString(), "-c", configuration.toString())
                .inheritIO()
                .start();
        Nginx nginx = new Nginx(process, port);
        try {
            Wait.until(nginx::isListening, POLL, START_LIMIT, "nginx does not start.");
            return nginx;
        } catch (BenchFailed e) {
            nginx.close();
            throw e;
        }
    }

    private static String configuration(URI server, int port) {
        return """
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
                    server %s;
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
                """.formatted(server.getAuthority(), port);
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new BenchFailed("nginx does not start.");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
