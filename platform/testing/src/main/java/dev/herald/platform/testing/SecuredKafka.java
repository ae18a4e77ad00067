package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.springframework.test.util.TestSocketUtils;

/** A Kafka that accepts SASL (SCRAM-SHA-512) over TLS alone, and whose users may do only what the access list says. */
public final class SecuredKafka implements AutoCloseable {

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final ServerCertificate certificate;
    private final KafkaRaftServer server;

    /** @param rules each is a list of a user, {@code topic} or {@code group}, the name of that topic or group, and operations */
    public SecuredKafka(ServerCertificate certificate, List<List<String>> rules)
            throws IOException, InterruptedException, ExecutionException {
        this.certificate = certificate;
        Path file = certificate.folder().resolve("kafka.properties");
        Properties properties = properties(TestSocketUtils.findAvailableTcpPort());
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        format(
                file,
                Stream.concat(
                                Stream.of("admin"),
                                rules.stream().map(List::getFirst).distinct())
                        .toList());
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        try (Admin admin = admin()) {
            admin.createAcls(rules.stream().flatMap(SecuredKafka::bindings).toList())
                    .all()
                    .get();
        }
    }

    public String address() {
        return "localhost:" + port;
    }

    /** A client of the user who may do everything. */
    public Admin admin() {
        return Admin.create(clientSettings());
    }

    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put("sasl.jaas.config", login());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificate.certificate().toString());
        return settings;
    }

    private static void format(Path properties, List<String> users) {
        List<String> command = new ArrayList<>(List.of("format", "--standalone", "--config", properties.toString()));
        command.addAll(List.of("--cluster-id", Uuid.randomUuid().toString()));
        for (String user : users) {
            String credentials = "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, ServerCertificate.PASSWORD);
            command.addAll(List.of("--add-scram", credentials));
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode = StorageTool.execute(command.toArray(String[]::new), new PrintStream(output, true, UTF_8));
        assertThat(exitCode).as(output.toString(UTF_8)).isZero();
    }

    private static Stream<AclBinding> bindings(List<String> rule) {
        ResourceType type = ResourceType.fromString(rule.get(1));
        ResourcePattern resource = new ResourcePattern(type, rule.get(2), PatternType.LITERAL);
        return Arrays.stream(rule.get(3).split(", "))
                .map(operation -> AclOperation.fromString(operation.toUpperCase(Locale.ROOT)))
                .map(operation ->
                        new AccessControlEntry("User:" + rule.getFirst(), "*", operation, AclPermissionType.ALLOW))
                .map(entry -> new AclBinding(resource, entry));
    }

    private Properties properties(int controllerPort) throws IOException {
        String text = """
                process.roles=broker,controller
                node.id=1
                listeners=CLIENTS://localhost:%1$d,CONTROLLER://localhost:%2$d
                listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENTS
                controller.listener.names=CONTROLLER
                controller.quorum.bootstrap.servers=localhost:%2$d
                log.dirs=%3$s/kafka

                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                listener.name.clients.scram-sha-512.sasl.jaas.config=%4$s
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%3$s/tls.p12
                ssl.keystore.password=%5$s
                ssl.truststore.type=PEM
                ssl.truststore.location=%3$s/ca.crt
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:admin;User:ANONYMOUS

                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                """.formatted(port, controllerPort, certificate.folder(), login(), ServerCertificate.PASSWORD);
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static String login() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"admin\" password=\"%s\";"
                .formatted(ServerCertificate.PASSWORD);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
