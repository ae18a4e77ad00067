package dev.herald.local.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.herald.local.process.SearchPath;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Prometheus of this machine, with the rules of deploy/observability, which finds the services in Eureka.
 *
 * @param program installed on this machine, because Maven Central does not have it
 */
public record Prometheus(Settings settings, Path program) implements Component {

    public static final String MISSING =
            "is not on the PATH: install it (Debian, Ubuntu: apt-get install prometheus; else"
                    + " https://prometheus.io/download)";

    private static final String PROGRAM = "prometheus";

    /** Empty where there is none on the PATH. */
    public static Optional<Prometheus> of(Settings settings) {
        return SearchPath.find(PROGRAM).map(program -> new Prometheus(settings, program));
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public ProcessBuilder process() throws IOException {
        return process(configuration());
    }

    public ProcessBuilder process(String configuration) throws IOException {
        Path run = Files.createDirectories(settings.home().run());
        copyRules(Files.createDirectories(run.resolve("rules")));
        return new ProcessBuilder(
                        program.toString(),
                        "--config.file="
                                + Files.writeString(run.resolve("prometheus.yml"), configuration)
                                        .getFileName(),
                        "--storage.tsdb.path=" + data(),
                        "--web.listen-address=" + settings.bindAddress() + ":" + settings.port(Port.PROMETHEUS),
                        "--enable-feature=exemplar-storage",
                        "--log.level=warn")
                .directory(run.toFile());
    }

    /** A relative pattern finds the rules beside the configuration, whatever characters the path of this checkout has. */
    private static void copyRules(Path folder) throws IOException {
        try (Stream<Path> rules = Files.list(Checkout.observability().resolve("rules"))) {
            for (Path rule :
                    rules.filter(file -> file.toString().endsWith(".yml")).toList()) {
                Files.copy(rule, folder.resolve(rule.getFileName()), REPLACE_EXISTING);
            }
        }
    }

    /** The file of deploy/observability with the ports of this suite, and links to the runbooks of this checkout. */
    public String configuration() throws IOException {
        return Files.readString(Checkout.observability().resolve("prometheus.yml"))
                .replace(
                        "http://localhost:8761/eureka",
                        settings.url(Port.DISCOVERY, "/eureka").toString())
                .replace(
                        "https://git.example.com/herald\n",
                        Checkout.root().toUri().toString().replaceFirst("/$", "") + "\n")
                .replace(
                        "localhost:9761",
                        settings.url(Port.DISCOVERY_MANAGEMENT, "").getAuthority());
    }

    @Override
    public Probe probe() {
        return Probe.http(url("/-/ready"));
    }

    /** Debian's package has only the classic page. */
    public URI alertsPage() throws InterruptedException {
        for (String page : List.of("/alerts", "/classic/alerts")) {
            if (Http.get(url(page)).statusCode() == 200) {
                return url(page);
            }
        }
        return url("/");
    }

    public URI url(String path) {
        return settings.url(Port.PROMETHEUS, path);
    }
}
