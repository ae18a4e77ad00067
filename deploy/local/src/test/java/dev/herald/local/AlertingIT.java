package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.RunningAlertmanager.Notification;
import dev.herald.local.suite.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Prometheus and Alertmanager with the rules, intervals and waiting times of production. */
@OnTheSharedSuite
@SlowTest
class AlertingIT {

    private static final Suite SUITE = SharedSuite.SUITE;
    private static final Client CLIENT = new Client(SUITE.settings());
    private static final Duration OUTAGE = ofMinutes(5);

    /** Enough that the outage does not use up the month's budget, as in production. */
    private static final int USERS_BEFORE = 1_300;

    @Test
    void aStoppedKafkaIsOneNotification() throws Exception {
        try (var alertmanager =
                        new RunningAlertmanager(SUITE.settings().home().data("alerting"), UnaryOperator.identity());
                var prometheus = WatchingPrometheus.sending(SUITE.settings(), alertmanager.address())) {
            for (int user = 0; user < USERS_BEFORE; user++) {
                CLIENT.register();
            }
            Client.Tokens author = CLIENT.logIn(CLIENT.register());
            await().atMost(ofMinutes(2)).until(() -> alertmanager.watchdogs() > 0);
            Set<String> fired = new TreeSet<>();

            SharedSuite.without("kafka", () -> {
                CLIENT.register();
                CLIENT.write(Client.NewPost.published("Written while Kafka is down"), author);
                Instant end = Instant.now().plus(OUTAGE);
                await().atMost(OUTAGE.multipliedBy(2))
                        .pollInterval(ofSeconds(5))
                        .until(() -> {
                            fired.addAll(firing(prometheus));
                            return Instant.now().isAfter(end);
                        });
            });
            await().atMost(ofMinutes(15))
                    .pollInterval(ofSeconds(5))
                    .until(() -> alertmanager.notifications().stream()
                            .anyMatch(notification -> notification.status().equals("resolved")));

            assertThat(fired)
                    .contains(
                            "HeraldKafkaDown ", "HeraldOutboxStalled user-service", "HeraldOutboxStalled post-service");
            assertThat(alertmanager.notifications())
                    .containsExactly(
                            new Notification("page", "firing", List.of("HeraldKafkaDown")),
                            new Notification("page", "resolved", List.of("HeraldKafkaDown")));
            assertThat(alertmanager.watchdogs()).isGreaterThanOrEqualTo(OUTAGE.toMinutes());
        }
    }

    private static List<String> firing(WatchingPrometheus prometheus) throws InterruptedException {
        return prometheus.query("ALERTS{alertstate=\"firing\",severity=~\"page|ticket\"}").stream()
                .map((JsonNode alert) -> alert.at("/metric/alertname").asString() + " "
                        + alert.at("/metric/application").asString(""))
                .toList();
    }
}
