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
 * Prometheus as installed on this machine, with the rules of deploy/observability. It finds the services in Eureka.
 *
 * @param program the installed program; Maven Central has none
 */
public record Prometheus(Settings settings, Path program) implements Component {

    public static final String MISSING =
            "is not on the PATH: install it (Debian, Ubuntu: apt-get install prometheus; else"
                    + " https://prometheus.io/download)";

    private static final String PROGRAM = "prometheus";

    /** Empty if Prometheus is not on the {@code PATH}. */
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

    /**
     * Copies the rules beside the configuration, which names them by a relative pattern: the path of this checkout may contain pattern
     * characters.
     */
    private static void copyRules(Path folder) throws IOException {
        try (Stream<Path> rules = Files.list(Checkout.observability().resolve("rules"))) {
            for (Path rule :
                    rules.filter(file -> file.toString().endsWith(".yml")).toList()) {
                Files.copy(rule, folder.resolve(rule.getFileName()), REPLACE_EXISTING);
            }
        }
    }

    /** {@code deploy/observability/prometheus.yml} with the ports of this suite, and links to the runbooks of this checkout. */
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

    /** The page of the alerts, which is another one in Debian's package. */
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
