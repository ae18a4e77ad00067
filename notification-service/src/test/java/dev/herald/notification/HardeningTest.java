package dev.herald.notification;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.HardeningPage;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import dev.herald.platform.testing.SecuredKafka;
import dev.herald.platform.testing.ServerCertificate;
import dev.herald.platform.testing.ServiceTest;
import dev.herald.platform.topic.EventTopic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** The settings and the access list of deploy/operations/hardening.md, with a Kafka that refuses anything less. */
@ServiceTest
@ContextConfiguration(initializers = HardeningTest.SecuredBroker.class)
@DirtiesContext
class HardeningTest {

    @Autowired
    private SecuredKafka kafka;

    @Autowired
    private JdbcClient sql;

    @Test
    void consumesEventsAndSetsTheUnreadableAside() {
        KafkaWire wire = new KafkaWire(kafka.clientSettings());
        UUID ada = UUID.randomUUID();

        UUID good = wire.send("user-events", "user.created", ada, UserEvents.json(ada, "Ada"));
        wire.send("user-events", "user.created", ada, "no JSON");

        await().atMost(ofSeconds(60)).untilAsserted(() -> {
            assertThat(sql.sql("select event_id from processed_event")
                            .query(UUID.class)
                            .list())
                    .contains(good);
            assertThat(wire.read("user-events.notification-service.dlt")).hasSize(1);
            assertThat(wire.topics()).contains("user-email-requests.notification-service.dlt");
        });
    }

    /** With the topics of user-service, which this service may not create. */
    static class SecuredBroker implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new RealServers().initialize(context);
            ServerCertificate certificate = ServerCertificate.create();
            HardeningPage page = HardeningPage.section("Kafka");
            try {
                SecuredKafka kafka = new SecuredKafka(certificate, page.rows());
                DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
                beans.registerSingleton("kafka", kafka);
                beans.registerDisposableBean("kafka", kafka::close);
                try (Admin admin = kafka.admin()) {
                    admin.createTopics(List.of(
                                    EventTopic.of("user-events"),
                                    EventTopic.expiring("user-email-requests", Duration.ofDays(2))))
                            .all()
                            .get();
                }
                page.applyTo(
                        context,
                        value -> value.replace("kafka.example.com:9093", kafka.address())
                                .replace("/etc/herald", certificate.folder().toString())
                                .replace("user-service", "notification-service"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
