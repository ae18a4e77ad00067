package dev.herald.user;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.HardeningPage;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import dev.herald.platform.testing.SecuredKafka;
import dev.herald.platform.testing.SecuredPostgres;
import dev.herald.platform.testing.SecuredRedis;
import dev.herald.platform.testing.ServerCertificate;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The settings of deploy/operations/hardening.md, with a PostgreSQL, a Redis and a Kafka that refuse anything less. */
@UserServiceTest
@ContextConfiguration(initializers = HardeningTest.SecuredServers.class)
@DirtiesContext
class HardeningTest {

    @LocalManagementPort
    private int management;

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcClient sql;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private SecuredPostgres postgres;

    @Autowired
    private SecuredKafka kafka;

    @Test
    void usesPostgresOverVerifiedTls() {
        TestUser.register(new Api(http));

        assertThat(sql.sql("select ssl from pg_stat_ssl join pg_stat_activity using (pid) where usename = current_user")
                        .query(Boolean.class)
                        .list())
                .isNotEmpty()
                .containsOnly(true);
        String plain = "jdbc:postgresql://" + postgres.address() + "/users?sslmode=disable";
        assertThatThrownBy(() -> DriverManager.getConnection(plain, "user_service", ServerCertificate.PASSWORD))
                .hasMessageContaining("no encryption");
    }

    @Test
    void usesRedisAsALimitedUserOverTls() {
        TestUser ada = TestUser.register(new Api(http));
        ada.api().get(ada.path()).expect(200);
        ada.api().post("/api/auth/logout", "").expect(204);

        await().atMost(ofSeconds(20))
                .untilAsserted(() -> ada.api().get("/api/users/me").problem(401, "token-revoked"));
        assertThat(redis.hasKey("herald:revoked-sessions")).isTrue();
        assertThatThrownBy(() -> redis.keys("*")).hasStackTraceContaining("NOPERM");
    }

    @Test
    void publishesItsEventsOverTlsWithAPassword() {
        TestUser ada = TestUser.register(new Api(http));

        KafkaWire wire = new KafkaWire(kafka.clientSettings());
        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            assertThat(wire.read("user-events", ada.id())).isNotEmpty();
            assertThat(wire.read("user-email-requests")).isNotEmpty();
        });
        Api operations = new Api(RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + management)
                .build());
        assertThat(operations
                        .get("/actuator/republish?since=2026-11-30T10:00:00Z")
                        .expect(200)
                        .json()
                        .get("changes")
                        .findValuesAsString("subject"))
                .contains(ada.id().toString());
    }

    /** In the place of those that the tests share. */
    static class SecuredServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new RealServers().initialize(context);
            ServerCertificate certificate = ServerCertificate.create();
            try {
                HardeningPage page = HardeningPage.section("PostgreSQL");
                List<String> rules = page.lines("conf").stream()
                        .map(rule -> rule.replace("10.0.0.0/8", "samehost"))
                        .toList();
                SecuredPostgres postgres =
                        keep(context, new SecuredPostgres(certificate, "user_service", "users", rules));
                apply(context, page, certificate, "db.example.com:5432", postgres.address());

                page = HardeningPage.section("Redis");
                SecuredRedis redis = keep(context, new SecuredRedis(certificate, page.lines("conf")));
                apply(context, page, certificate, "redis.example.com:6379", redis.address());

                page = HardeningPage.section("Kafka");
                SecuredKafka kafka = keep(context, new SecuredKafka(certificate, page.rows()));
                apply(context, page, certificate, "kafka.example.com:9093", kafka.address());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static void apply(
                ConfigurableApplicationContext context,
                HardeningPage page,
                ServerCertificate certificate,
                String example,
                String address) {
            page.applyTo(
                    context,
                    value -> value.replace(example, address)
                            .replace("/etc/herald", certificate.folder().toString()));
        }

        /** Stops the server after everything that uses it. */
        private static <T extends AutoCloseable> T keep(ConfigurableApplicationContext context, T server) {
            DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
            String name = server.getClass().getSimpleName();
            beans.registerSingleton(name, server);
            beans.registerDisposableBean(name, server::close);
            return server;
        }
    }
}
