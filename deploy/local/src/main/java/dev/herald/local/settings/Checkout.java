package dev.herald.local.settings;

import dev.herald.local.process.Failure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** The repository that this launcher was built from, and the jars in it that the launcher starts. */
public final class Checkout {

    private static final Path ROOT = findRoot();

    private Checkout() {}

    public static Path root() {
        return ROOT;
    }

    public static Path launcher() {
        return module().resolve("target/local.jar");
    }

    public static Path libraries() {
        return module().resolve("target/lib");
    }

    /** The class path of the launcher, which includes Kafka. */
    public static String classPath() {
        return launcher() + File.pathSeparator + libraries().resolve("*");
    }

    public static Path greenMail() {
        return module().resolve("target/greenmail.jar");
    }

    public static Path zipkin() {
        return module().resolve("target/zipkin.jar");
    }

    public static Path debezium() {
        return root().resolve("deploy/debezium");
    }

    public static Path observability() {
        return root().resolve("deploy/observability");
    }

    public static Path benchmarks() {
        Path target = root().resolve("deploy/benchmarks/target");
        Path jar = target.resolve("benchmarks.jar");
        if (!Files.exists(jar)) {
            throw notBuilt("deploy/benchmarks", target);
        }
        return jar;
    }

    /** The sources of the programs that the benchmarks compare Herald with. */
    public static Path peers() {
        return root().resolve("deploy/benchmarks/peers");
    }

    /** The jar of a service; the latest build if there are several versions. */
    public static Path serviceJar(String service) {
        Path target = root().resolve(service).resolve("target");
        try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().matches(service + "-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .max(Comparator.comparingLong(Checkout::buildTime))
                    .orElseThrow(() -> notBuilt(service, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The time of Boot's original jar, because the repackaged jar has the same time after every build. */
    private static long buildTime(Path jar) {
        return jar.resolveSibling(jar.getFileName() + ".original").toFile().lastModified();
    }

    private static Failure notBuilt(String module, Path folder) {
        return new Failure("%s has no jar in %s: build it with mvn -DskipTests package.".formatted(module, folder));
    }

    private static Path module() {
        return root().resolve("deploy/local");
    }

    /** Searches upwards from the code source of this class, which is a jar, a folder or a source file in the repository. */
    private static Path findRoot() {
        try {
            Path classes = Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.iterate(classes, Objects::nonNull, Path::getParent)
                    .filter(folder -> Files.exists(folder.resolve("deploy/local/pom.xml")))
                    .findFirst()
                    .orElseThrow();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
