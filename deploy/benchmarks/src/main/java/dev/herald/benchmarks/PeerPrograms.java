package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Installs the peers with npm and Maven in the benchmarks' folder, starts them, and stops them on {@link #close}. */
final class PeerPrograms implements AutoCloseable {

    private final Bench bench;
    private final Path sources;
    private final Path folder;
    private final List<Runnable> started = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    PeerPrograms(Bench bench) {
        this.bench = bench;
        this.sources = Path.of(bench.target().peers());
        this.folder = bench.target().reports().resolve("peers");
    }

    private interface Installation<T> {
        T install() throws IOException, InterruptedException;
    }

    Optional<Express> express() throws InterruptedException {
        return unlessItFails("Express", () -> {
            Path source = copied("express");
            installed(source, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error");
            Express express = Express.start(source, bench.target());
            started.add(express::close);
            return express;
        });
    }

    Optional<Nginx> nginx() throws InterruptedException {
        return unlessItFails("nginx", () -> {
            Path program = Nginx.program().orElseThrow(() -> new BenchFailed("it is not installed"));
            Nginx nginx = Nginx.before(bench.target().userService(), program);
            started.add(nginx::close);
            return nginx;
        });
    }

    /** Builds the program of {@code peers/namastack}, and returns its jar. */
    Optional<Path> namastack() throws InterruptedException {
        return unlessItFails("namastack-outbox", () -> {
            Path source = copied("namastack");
            installed(source, "mvn", "-B", "-q", "-ntp", "package");
            return source.resolve("target/namastack.jar");
        });
    }

    /** The peers that cannot be measured, each with the reason. */
    List<String> leftOut() {
        return leftOut;
    }

    private <T> Optional<T> unlessItFails(String peer, Installation<T> installation) throws InterruptedException {
        try {
            bench.say("installing " + peer);
            return Optional.of(installation.install());
        } catch (IOException | BenchFailed e) {
            leftOut.add("%s: %s".formatted(peer, e.getMessage()));
            bench.say("%s is left out: %s".formatted(peer, e.getMessage()));
            return Optional.empty();
        }
    }

    /** Copies the sources. Libraries that an earlier run installed stay. */
    private Path copied(String peer) throws IOException {
        Path copy = folder.resolve(peer);
        try (Stream<Path> files = Files.walk(sources.resolve(peer))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(sources.resolve(peer).relativize(file));
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
            }
        }
        return copy;
    }

    private static void installed(Path folder, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("install.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
        if (builder.start().waitFor() != 0) {
            throw new BenchFailed("it cannot be installed, see " + log);
        }
    }

    @Override
    public void close() {
        started.forEach(Runnable::run);
    }
}
