package dev.herald.local.cli;

import dev.herald.chaos.Chaos;
import dev.herald.chaos.ChaosResult;
import dev.herald.chaos.Schedule;
import dev.herald.chaos.SmtpProxy;
import dev.herald.chaos.SuiteUnderTest;
import dev.herald.chaos.Target;
import dev.herald.local.server.Component;
import dev.herald.local.server.Kafka;
import dev.herald.local.server.NodeNetwork;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.settings.SmtpAddress;
import dev.herald.local.suite.Components;
import dev.herald.local.suite.Suite;
import dev.herald.local.suite.TemporarySuite;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * {@code ./herald chaos}: injects faults into a suite with its own folder and ports, beside the developer's suite. The suite stops at the
 * end of the run; its data and logs stay until the next run.
 */
final class ChaosSuite {

    static final int HIGHEST_SEED = 999_999_999;
    static final int MOST_MINUTES = 600;
    static final int USUAL_MINUTES = 5;

    private static final int SHORT_SEED = 1_000_000;

    /** The pauses before an email whose outcome is unknown is sent again: short, so that it is sent before the run ends. */
    private static final String UNANSWERED_PAUSES = "5s,10s";

    private final Settings settings;
    private final Terminal terminal;

    private ChaosSuite(Settings settings, Terminal terminal) {
        this.settings = settings;
        this.terminal = terminal;
    }

    static ChaosSuite single(Path home, Terminal terminal) {
        return new ChaosSuite(settings(home), terminal);
    }

    static ChaosSuite cluster(Path home, Terminal terminal) {
        return new ChaosSuite(settings(home).clustered(), terminal);
    }

    private static Settings settings(Path home) {
        return new Settings(Map.of("HERALD_HOME", home.toString(), "HERALD_EMAIL_UNANSWERED_PAUSES", UNANSWERED_PAUSES))
                .moving(FreePorts.forAll(new HashSet<>()));
    }

    static int anySeed() {
        return ThreadLocalRandom.current().nextInt(1, SHORT_SEED);
    }

    Settings settings() {
        return settings;
    }

    ChaosResult run(long seed, Duration time) throws InterruptedException {
        if (settings.network().isPresent()) {
            // Now and not with the suite, because the proxy listens on an address of it.
            NodeNetwork.of(settings, settings.network().get()).create(List.of());
        }
        try (SmtpProxy mail = SmtpProxy.before(settings.host(), settings.port(Port.SMTP))) {
            SmtpAddress proxy = new SmtpAddress(settings.host(), mail.port());
            Suite suite = new Suite(settings, terminal, new Components(settings, proxy));
            return new TemporarySuite(suite)
                    .run(
                            () -> {
                                suite.reset();
                                terminal.heading("Herald starts");
                                suite.up();
                                terminal.heading("Chaos");
                                Schedule schedule =
                                        settings.isCluster() ? Schedule.ofCluster(seed) : Schedule.ofSuite(seed);
                                return new Chaos(new LocalSuite(suite), mail, terminal::line).run(schedule, time);
                            },
                            () -> {
                                terminal.heading("Herald stops");
                                suite.down();
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record LocalSuite(Suite suite) implements SuiteUnderTest {

        @Override
        public void kill(Target target) throws InterruptedException {
            suite.kill(target.component());
        }

        @Override
        public void pause(Target target) {
            suite.pause(target.component());
        }

        @Override
        public void resume(Target target) {
            suite.resume(target.component());
        }

        @Override
        public void cutOff(Target target) throws InterruptedException {
            for (Kafka broker : unreachable(target)) {
                network().cut(suite.components().named(target.component()), broker);
            }
        }

        @Override
        public void reconnect(Target target) throws InterruptedException {
            for (Kafka broker : unreachable(target)) {
                network().mend(suite.components().named(target.component()), broker);
            }
        }

        /** The other brokers, or for a service all brokers. */
        private List<Kafka> unreachable(Target target) {
            return suite.components().kafka().stream()
                    .filter(broker -> !broker.name().equals(target.component()))
                    .toList();
        }

        private NodeNetwork network() {
            return suite.network().orElseThrow();
        }

        @Override
        public void failOver(Target target) throws InterruptedException {
            if (target.component().equals("postgres")) {
                suite.failOverPostgres();
            } else {
                suite.failOverRedis();
            }
        }

        @Override
        public void stop(Target target) throws InterruptedException {
            suite.stop(target.component());
        }

        @Override
        public void start(List<Target> targets) throws InterruptedException {
            suite.start(targets.stream().flatMap(this::names).toArray(String[]::new));
        }

        @Override
        public boolean isRunning(Target target) {
            return names(target).allMatch(suite::runs);
        }

        /** The target's own name, or in a cluster those of both instances of PostgreSQL or Redis. */
        private Stream<String> names(Target target) {
            List<String> all =
                    suite.components().all().stream().map(Component::name).toList();
            return all.contains(target.component())
                    ? Stream.of(target.component())
                    : all.stream().filter(name -> name.startsWith(target.component()));
        }

        @Override
        public URI gateway() {
            return suite.settings().url(Port.GATEWAY, "/");
        }

        @Override
        public Connection database(String name) throws SQLException {
            return suite.settings().postgres().connect(name);
        }

        @Override
        public String kafka() {
            return suite.settings().kafkaBootstrapServers();
        }
    }
}
