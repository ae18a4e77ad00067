package dev.herald.local;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.server.Http;
import dev.herald.local.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Prometheus observes the running suite, with the rules and panels of deploy/observability. */
@OnTheSharedSuite
class WatchingIT {

    private static final Suite SUITE = SharedSuite.SUITE;
    private static final Client CLIENT = new Client(SUITE.settings());

    private static WatchingPrometheus prometheus;

    @BeforeAll
    static void watch() throws Exception {
        prometheus = WatchingPrometheus.over(SUITE.settings());
    }

    @AfterAll
    static void leave() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void findsEveryInstanceInTheRegistry() {
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(prometheus.query("up == 1"))
                        .extracting(sample -> sample.at("/metric/application").asString())
                        .containsExactlyInAnyOrder(
                                "gateway", "user-service", "post-service", "notification-service", "discovery"));
    }

    @Test
    void hasDataForEveryPanelAndKnowsEveryMetricThatRulesAndPanelsSpeakOf() {
        await().atMost(ofSeconds(60)).untilAsserted(() -> {
            load();
            assertThat(withoutData(Rules.panels())).isEmpty();
            assertThat(prometheus.metrics()).containsAll(Rules.metrics());
        });
    }

    @Test
    void callsForHelpWhileKafkaIsAwayAndCalmsDownWhenItIsBack() throws Exception {
        SharedSuite.without("kafka", () -> {
            CLIENT.register();
            await().atMost(ofSeconds(40)).until(() -> prometheus.fires("HeraldOutboxStalled"));
        });

        await().atMost(ofSeconds(40)).until(() -> !prometheus.fires("HeraldOutboxStalled"));
    }

    /** Most of the time there is no alert and no new version. */
    @Test
    void understandsEveryAnnotation() throws InterruptedException {
        assertThat(Rules.annotations()).isNotEmpty();
        for (Rules.Query annotation : Rules.annotations()) {
            assertThat(prometheus.query(annotation.expression())).isNotNull();
        }
    }

    @Test
    void findsTheMetricsThatRunbooksAskFor() throws InterruptedException {
        for (Runbooks.Call call : Runbooks.calls()) {
            for (String metric : call.metrics()) {
                if (!metric.startsWith(Rules.OF_TLS)) {
                    String path = call.path() + "?includedNames=" + metric;
                    assertThat(Http.get(SUITE.settings().url(call.port(), path)).body())
                            .contains("\n" + metric);
                }
            }
        }
    }

    private static List<String> withoutData(List<Rules.Query> queries) throws InterruptedException {
        List<String> empty = new ArrayList<>();
        for (Rules.Query query : queries) {
            if (prometheus.query(query.expression()).isEmpty()) {
                empty.add("%s: %s".formatted(query.place(), query.expression()));
            }
        }
        return empty;
    }

    /** Reads, writes and a refused request. */
    private static void load() throws InterruptedException {
        Client.Member ada = CLIENT.register(List.of(Client.NewPost.published("On the engine")));
        Client.Tokens tokens = CLIENT.logIn(ada);
        CLIENT.write(Client.NewPost.draft("Notes"), tokens);
        for (int i = 0; i < 5; i++) {
            CLIENT.json("/api/users/" + ada.id() + "?include=posts", tokens);
            CLIENT.json("/api/authors?limit=5", tokens);
            CLIENT.get("/api/notifications", tokens);
        }
        CLIENT.get("/api/users/me", new Client.Tokens("nonsense", ""));
        CLIENT.logOut(tokens);
    }
}
