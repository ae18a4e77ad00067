package dev.herald.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The Prometheus of this machine, with the rules of deploy/observability; it finds the services where production's would, in Eureka.
 *
 * @param program the only server of the suite that Maven Central does not have
 */
record Prometheus(Settings settings, Path program) implements Component {

    static final String MISSING =
            "is not on the PATH: install it (Debian, Ubuntu: apt-get install prometheus; else https://prometheus.io/download)";

    private static final String PROGRAM = "prometheus";

    /** Empty where there is none on the PATH. */
    static Optional<Prometheus> of(Settings settings) {
        return onPath(PROGRAM).map(program -> new Prometheus(settings, program));
    }

    static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public Map<Port, Integer> ports() {
        return settings.numbers(Port.PROMETHEUS);
    }

    @Override
    public void prepare() {}

    @Override
    public ProcessBuilder process() throws IOException {
        return process(configuration());
    }

    /** With a configuration of the caller's own. */
    ProcessBuilder process(String configuration) throws IOException {
        Path run = Files.createDirectories(settings.home().run());
        return new ProcessBuilder(
                program.toString(),
                "--config.file=" + Files.writeString(run.resolve("prometheus.yml"), configuration),
                "--storage.tsdb.path=" + settings.home().data(name()),
                "--web.listen-address=" + Settings.LOOPBACK + ":" + settings.port(Port.PROMETHEUS),
                "--enable-feature=exemplar-storage",
                "--log.level=warn");
    }

    /** The very file of deploy/observability, at this suite's ports. */
    String configuration() throws IOException {
        return Files.readString(Checkout.observability().resolve("prometheus.yml"))
                .replace(
                        "http://localhost:8761/eureka",
                        settings.url(Port.DISCOVERY, "/eureka").toString())
                .replace("localhost:9761", "localhost:" + settings.port(Port.DISCOVERY_MANAGEMENT))
                .replace(
                        "rules/*.yml",
                        Checkout.observability().resolve("rules/*.yml").toString());
    }

    @Override
    public Probe probe() {
        return Probe.http(url("/-/ready"));
    }

    URI url(String path) {
        return settings.url(Port.PROMETHEUS, path);
    }
}
