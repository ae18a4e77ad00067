package dev.herald.local.server;

import dev.herald.local.process.Folders;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.process.SearchPath;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Kafka Connect with Debezium's connectors of {@code deploy/debezium}.
 *
 * @param databases those whose outbox it publishes
 */
public record KafkaConnect(Settings settings, List<OutboxDatabase> databases) implements Component {

    public KafkaConnect(Settings settings) {
        this(settings, OutboxDatabase.all(settings));
    }

    @Override
    public String name() {
        return "kafka-connect";
    }

    /** Needs the tables of the outbox, which the services create at their first start. */
    @Override
    public void prepare() throws IOException, InterruptedException {
        if (!Files.exists(libraries())) {
            install();
        }
        try {
            for (OutboxDatabase database : databases) {
                database.publish();
            }
            if (!OutboxDatabase.haveSlots(databases)) {
                // Offsets of slots that were dropped: Debezium would not start with them.
                Folders.delete(data());
            }
        } catch (SQLException e) {
            throw new IOException("PostgreSQL refuses the publication of the outbox: " + e.getMessage(), e);
        }
        Files.createDirectories(data());
        HeartbeatTopics.create(settings.kafkaBootstrapServers());
    }

    private void install() throws IOException, InterruptedException {
        Path mvn = SearchPath.find("mvn")
                .orElseThrow(() -> new IOException("Maven, which fetches Debezium, is not on the PATH"));
        ProcessBuilder build = new ProcessBuilder(
                mvn.toString(),
                "-B",
                "-q",
                "-f",
                Checkout.debezium().resolve("pom.xml").toString(),
                "package");
        build.environment().put("JAVA_HOME", System.getProperty("java.home"));
        log().run(build);
    }

    @Override
    public ProcessBuilder process() throws IOException {
        Path worker = Files.writeString(
                Files.createDirectories(settings.home().run()).resolve("kafka-connect.properties"), properties());
        String[] arguments = Stream.concat(Stream.of(worker), databases.stream().map(OutboxDatabase::connectorFile))
                .map(Path::toString)
                .toArray(String[]::new);
        ProcessBuilder process = new ProcessBuilder(JavaCommand.with("-Xmx128m")
                .property("org.slf4j.simpleLogger.defaultLogLevel", "warn")
                .property("org.slf4j.simpleLogger.showDateTime", "true")
                .property("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                .main(libraries() + File.separator + "*", "org.apache.kafka.connect.cli.ConnectStandalone", arguments));
        URI postgres = URI.create(settings.postgres().url().substring("jdbc:".length()));
        process.environment()
                .putAll(Map.of(
                        "POSTGRES_HOST",
                        postgres.getHost(),
                        "POSTGRES_PORT",
                        Integer.toString(postgres.getPort()),
                        "DEBEZIUM_PASSWORD",
                        Settings.LOCAL_PASSWORD));
        return process.directory(data().toFile());
    }

    /** Its task runs, so its replication slot exists. */
    @Override
    public Probe probe() {
        return databases.stream()
                .map(database -> Probe.text(
                        settings.url(
                                Port.KAFKA_CONNECT, "/connectors/%s/tasks/0/status".formatted(database.connector())),
                        "\"RUNNING\""))
                .reduce(Probe::and)
                .orElseThrow();
    }

    private static Path libraries() {
        return Checkout.debezium().resolve("target/lib");
    }

    private String properties() {
        return """
                bootstrap.servers=%s
                listeners=http://%s:%d
                # Relative to the working directory.
                offset.storage.file.filename=offsets
                # The slot follows the stored offsets, and the relay waits for the slot while both are in use.
                offset.flush.interval.ms=1000
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.storage.StringConverter
                plugin.discovery=service_load
                config.providers=env
                config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
                """.formatted(
                        settings.kafkaBootstrapServers(), settings.bindAddress(), settings.port(Port.KAFKA_CONNECT));
    }
}
