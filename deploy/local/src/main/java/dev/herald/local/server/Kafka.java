package dev.herald.local.server;

import dev.herald.local.process.Folders;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** The embedded Kafka: broker and controller in one JVM. */
public record Kafka(Settings settings) implements Component {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        if (!Files.exists(data())) {
            format();
        }
    }

    @Override
    public ProcessBuilder process() throws IOException {
        return inDataFolder(jvm().main(
                        Checkout.classPath(),
                        "kafka.Kafka",
                        configuration(data()).toString()));
    }

    @Override
    public Probe probe() {
        return Probe.kafka(settings.kafkaBootstrapServers());
    }

    /**
     * Gives half of the heap to the young generation, so that collections are rare: every request waits during a collection, and a
     * collection takes no longer for a larger generation.
     */
    private JavaCommand jvm() {
        return JavaCommand.with("-Xmx192m", "-Xmn96m")
                .property("log4j2.configurationFile", "classpath:kafka-log4j2.xml");
    }

    private void format() throws IOException, InterruptedException {
        Path unfinished = Folders.unfinished(data());
        log().run(inDataFolder(jvm().main(
                        Checkout.classPath(),
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id",
                        Uuid.randomUuid().toString(),
                        "--config",
                        configuration(unfinished).toString(),
                        "--standalone")));
        Files.move(unfinished, data());
    }

    /** Starts in the data folder, because {@code log.dirs} is relative to it. */
    private ProcessBuilder inDataFolder(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(Files.createDirectories(settings.home().data()).toFile());
    }

    private Path configuration(Path data) throws IOException {
        Path run = Files.createDirectories(settings.home().run());
        return Files.writeString(run.resolve("kafka.properties"), properties(data));
    }

    private String properties(Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                listeners=BROKER://%5$s:%2$d,CONTROLLER://%5$s:%3$d
                advertised.listeners=BROKER://%1$s:%2$d,CONTROLLER://%1$s:%3$d
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                controller.quorum.bootstrap.servers=%1$s:%3$d
                # Relative to the working directory: Kafka splits the value at commas, and reads this file as Latin-1.
                log.dirs=%4$s

                # Each service creates its own topics with the settings that they need.
                auto.create.topics.enable=false
                # Events of up to 4 MiB; the rest is for headers and the record batch.
                message.max.bytes=5242880

                # There is one broker.
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1

                # Kafka's default of 128 MiB would fill the heap, so that every collection is a full one.
                log.cleaner.dedupe.buffer.size=8388608

                # A consumer gets its partitions as soon as it joins.
                group.initial.rebalance.delay.ms=0
                """.formatted(
                        settings.host(),
                        settings.port(Port.KAFKA),
                        settings.port(Port.KAFKA_CONTROLLER),
                        data.getFileName(),
                        settings.bindAddress());
    }
}
