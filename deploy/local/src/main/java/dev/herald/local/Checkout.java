package dev.herald.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The repository that this launcher was built in, and the build products that it starts. */
final class Checkout {

    private Checkout() {}

    static Path root() {
        return module().resolve("../..").normalize();
    }

    static Path launcher() {
        return module().resolve("target/local.jar");
    }

    /** What the launcher stands on. */
    static Path libraries() {
        return module().resolve("target/lib");
    }

    /** What Kafka runs on: all of the launcher's own. */
    static String classPath() {
        return launcher() + File.pathSeparator + libraries().resolve("*");
    }

    static Path greenMail() {
        return module().resolve("target/greenmail.jar");
    }

    static Path zipkin() {
        return module().resolve("target/zipkin.jar");
    }

    /** What Prometheus is to know, and what else those who watch need. */
    static Path observability() {
        return root().resolve("deploy/observability");
    }

    /** @throws NotBuilt if it is not there */
    static Path benchmarks() {
        Path target = root().resolve("deploy/benchmarks/target");
        Path jar = target.resolve("benchmarks.jar");
        if (!Files.exists(jar)) {
            throw new NotBuilt("deploy/benchmarks", target);
        }
        return jar;
    }

    /**
     * The jar of a service; the newest if several versions lie there.
     *
     * @throws NotBuilt if there is none
     */
    static Path serviceJar(String service) {
        Path target = root().resolve(service).resolve("target");
        try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().matches(service + "-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new NotBuilt(service, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This module's folder: the classes are in {@code target/classes} or {@code target/local.jar}. */
    private static Path module() {
        try {
            return Path.of(Checkout.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../..")
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
