package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Installs the peers in a folder of their own, with npm and Maven, and stops those that it started. */
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

    /** Returns the jar. */
    Optional<Path> namastack() throws InterruptedException {
        return unlessItFails("namastack-outbox", () -> {
            Path source = copied("namastack");
            installed(source, "mvn", "-B", "-q", "-ntp", "package");
            return source.resolve("target/namastack.jar");
        });
    }

    /** Each with its reason. */
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

    /** What an earlier run has installed stays. */
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
