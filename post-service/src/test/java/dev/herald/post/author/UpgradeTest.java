package dev.herald.post.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.RealServers;
import dev.herald.platform.testing.TestTokens;
import dev.herald.post.PostServiceTest;
import dev.herald.post.UserEventsTopic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A service on the database of a release that compared addresses by PostgreSQL's lower(). It has its own consumer
 * group, so that it does not take events from the service of the other tests.
 */
@PostServiceTest
@TestPropertySource(properties = "spring.kafka.consumer.group-id=post-service-after-upgrade")
@ContextConfiguration(initializers = {RealServers.class, UpgradeTest.OldDatabase.class})
class UpgradeTest {

    /** A database that the migrations of commit e849e8c have made. */
    static class OldDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Environment settings = context.getEnvironment();
            new ResourceDatabasePopulator(false, false, "UTF-8", new ClassPathResource("upgrade/posts.sql"))
                    .execute(new DriverManagerDataSource(
                            settings.getRequiredProperty("spring.datasource.url"),
                            settings.getRequiredProperty("spring.datasource.username"),
                            settings.getRequiredProperty("spring.datasource.password")));
        }
    }

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Authors authors;

    @ParameterizedTest
    @CsvSource({
        "ada@b%C3%BCcher.example, By Ada in A-labels By Ada in Unicode",
        "ADA@xn--bcher-kva.example, By Ada in A-labels By Ada in Unicode",
        "konrad@k%C3%B6ln.example, By Konrad",
        "konrad@xn--kln-sna.example, By Konrad",
        "'%22Grace%20Hopper%22@example.com', By Grace",
        "%C4%B0da@x.example, By Ida",
        "ida@x.example, ''",
        "paul@example.com, By Paul"
    })
    void findsThePostsOfAnAuthorBySpellingsOfTheirAddress(String email, String titles) {
        assertThat(titles(email)).isEqualTo(titles);
    }

    @Test
    void keepsTheKeyInStepWithTheEvents() {
        UUID user = UUID.randomUUID();
        KafkaWire kafka = new KafkaWire();
        await().until(() -> kafka.topics().contains(UserEventsTopic.NAME));
        for (String email : List.of("First@B\u00fccher.example", "Second@B\u00fccher.example")) {
            kafka.send(UserEventsTopic.NAME, "user.updated", user, """
                    {"id": "%s", "name": "Name", "email": "%s", "createdAt": "2026-01-05T09:30:00Z", "version": %d}
                    """.formatted(
                            user, email, email.startsWith("F") ? 1 : 2));
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(authors.withEmail("SECOND@xn--bcher-kva.example"))
                        .containsExactly(user));
        assertThat(authors.withEmail("first@b\u00fccher.example")).isEmpty();
    }

    /** The statements of the previous release, whose instances may still run. */
    @Test
    void instancesOfTheReleaseBeforeGoOnWriting() {
        UUID user = UUID.randomUUID();
        String upsert = """
                insert into author (id, name, email, registered_at, version) values (?, 'Name', ?, now(), ?)
                on conflict (id) do update set name = excluded.name, email = excluded.email, version = excluded.version
                """;

        jdbc.update(upsert, user, "Old.Instance@Example.com", 0);
        assertThat(authors.withEmail("old.instance@example.com")).containsExactly(user);

        jdbc.update(upsert, user, "Other@m\u00fcnchen.example", 1);
        assertThat(authors.withEmail("other@m\u00fcnchen.example")).containsExactly(user);
        assertThat(authors.withEmail("old.instance@example.com")).isEmpty();
    }

    private String titles(String encodedEmail) {
        Api reader = new Api(http).as(TestTokens.bearer(UUID.randomUUID()));
        return reader.get("/api/posts?authorEmail=" + encodedEmail)
                .expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(post -> post.get("title").asString())
                .collect(Collectors.joining(" "));
    }
}
