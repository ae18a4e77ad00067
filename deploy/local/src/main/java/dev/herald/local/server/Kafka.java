package dev.herald.local.server;

import static java.util.stream.Collectors.joining;

import dev.herald.local.process.Folders;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.ClusterNetwork;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * The embedded Kafka: broker and controller in one JVM.
 *
 * @param instance 0 outside of a cluster, in which three instances share the topics
 */
public record Kafka(Settings settings, int instance) implements Component {

    public static final int REPLICAS = 3;
    public static final int MIN_INSYNC_REPLICAS = 2;

    /** The id of every cluster of three; their networks keep them apart. */
    private static final Uuid CLUSTER = new Uuid(0x6865_7261_6c64L, 1);

    @Override
    public String name() {
        return Component.nodeName("kafka", instance);
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
        return Probe.kafka(settings.address(Port.KAFKA));
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
        List<String> format = new ArrayList<>(List.of(
                "format",
                "--cluster-id",
                (isNode() ? CLUSTER : Uuid.randomUuid()).toString(),
                "--config",
                configuration(unfinished).toString()));
        if (!isNode()) {
            format.add("--standalone");
        }
        log().run(inDataFolder(
                jvm().main(Checkout.classPath(), "kafka.tools.StorageTool", format.toArray(String[]::new))));
        Files.move(unfinished, data());
    }

    /** Starts in the data folder, because {@code log.dirs} is relative to it. */
    private ProcessBuilder inDataFolder(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(Files.createDirectories(settings.home().data()).toFile());
    }

    private boolean isNode() {
        return instance > 0;
    }

    private Path configuration(Path data) throws IOException {
        Path run = Files.createDirectories(settings.home().run());
        return Files.writeString(
                run.resolve(name() + ".properties"), properties(data) + (isNode() ? ofCluster() : ofSingle()));
    }

    private String properties(Path data) {
        return """
                process.roles=broker,controller
                node.id=%6$d
                listeners=BROKER://%5$s:%2$d,CONTROLLER://%5$s:%3$d
                advertised.listeners=BROKER://%1$s:%2$d,CONTROLLER://%1$s:%3$d
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                # Relative to the working directory: Kafka splits the value at commas, and reads this file as Latin-1.
                log.dirs=%4$s

                # Each service creates its own topics with the settings that they need.
                auto.create.topics.enable=false
                # Events of up to 4 MiB; the rest is for headers and the record batch.
                message.max.bytes=5242880

                offsets.topic.num.partitions=4
                transaction.state.log.num.partitions=4

                # Kafka's default of 128 MiB would fill the heap, so that every collection is a full one.
                log.cleaner.dedupe.buffer.size=8388608

                # A consumer gets its partitions as soon as it joins.
                group.initial.rebalance.delay.ms=0
                """.formatted(
                        settings.host(),
                        settings.port(Port.KAFKA),
                        settings.port(Port.KAFKA_CONTROLLER),
                        data.getFileName(),
                        settings.bindAddress(),
                        Math.max(instance, 1));
    }

    private String ofSingle() {
        return """
                controller.quorum.bootstrap.servers=%s
                """.formatted(settings.address(Port.KAFKA_CONTROLLER)) + replication(1, 1);
    }

    private String ofCluster() {
        String voters = IntStream.rangeClosed(1, ClusterNetwork.size("kafka"))
                .mapToObj(node -> node + "@" + settings.node("kafka", node).address(Port.KAFKA_CONTROLLER))
                .collect(joining(","));
        return """
                controller.quorum.voters=%s
                # A broker that is cut off loses its partitions after this time.
                broker.session.timeout.ms=6000
                """.formatted(voters) + replication(REPLICAS, MIN_INSYNC_REPLICAS);
    }

    private static String replication(int replicas, int inSync) {
        return """
                default.replication.factor=%1$d
                min.insync.replicas=%2$d
                offsets.topic.replication.factor=%1$d
                transaction.state.log.replication.factor=%1$d
                transaction.state.log.min.isr=%2$d
                share.coordinator.state.topic.replication.factor=%1$d
                share.coordinator.state.topic.min.isr=%2$d
                """.formatted(replicas, inSync);
    }
}
