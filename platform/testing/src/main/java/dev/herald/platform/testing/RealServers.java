package dev.herald.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Gives a test's application the PostgreSQL, Kafka and Redis of this JVM, with an empty database of its own. */
public final class RealServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** 32 bytes, Base64. */
    private static final String SECRET = "dGhpcnR5LXR3byBieXRlcyBmb3IgdGVzdHMgb25seSE=";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** One server of each kind for all tests of this JVM, started when the first test needs it. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                // For the replication slots of Debezium.
                return EmbeddedPostgres.builder()
                        .setServerConfig("wal_level", "logical")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Kafka {
        static final EmbeddedKafkaBroker SERVER = start();

        private static EmbeddedKafkaBroker start() {
            EmbeddedKafkaBroker broker =
                    new EmbeddedKafkaKraftBroker(1, 1).brokerProperty("auto.create.topics.enable", "false");
            broker.afterPropertiesSet();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
            return broker;
        }
    }

    public static String kafka() {
        return Kafka.SERVER.getBrokersAsString();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.datasource.url=" + newDatabase(),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=postgres",
                        "spring.kafka.bootstrap-servers=" + kafka(),
                        "spring.data.redis.url=" + RealRedis.url(),
                        "herald.secret=" + SECRET,
                        "herald.account.email-secret=" + SECRET,
                        "spring.cloud.discovery.client.simple.instances.user-service[0].uri="
                                + OtherService.USER_SERVICE.url(),
                        "spring.cloud.discovery.client.simple.instances.post-service[0].uri="
                                + OtherService.POST_SERVICE.url(),
                        "management.server.port=0",
                        "eureka.client.enabled=false")
                .applyTo(context);
    }

    private static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Postgres.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Postgres.SERVER.getJdbcUrl("postgres", name);
    }
}
