package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends a few requests with Gatling to a real server, to check that all are counted and that no failure is hidden. */
class LoadGeneratorTest {

    private static final Timing MOMENT = new Timing(1, Duration.ZERO, Duration.ofMillis(300));
    private static final Duration WARM_UP = Duration.ofMillis(100);

    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger bad = new AtomicInteger();
    private HttpServer server;

    @TempDir
    Path reports;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/good", exchange -> {
            good.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/bad", exchange -> {
            // Every second request fails.
            exchange.sendResponseHeaders(bad.incrementAndGet() % 2 == 0 ? 200 : 503, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> exchange.close());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void countsWhatTheServerAnsweredAndWhatItDidNot() throws Exception {
        List<Load> loads = List.of(getting("good"), getting("bad"), getting("silent"));
        List<Phase> phases = MOMENT.phases(loads, WARM_UP);

        new LoadGenerator(reports).run("trial", phases);

        List<Measured> measured =
                loads.stream().map(load -> Measured.of(load, phases)).toList();
        assertThat(phases.getFirst().recorder().failures()).isEmpty();
        assertThat(measured.get(0).median().perSecond()).isPositive();
        assertThat(measured.get(0).failed()).isZero();
        assertThat(measured.get(1).median().perSecond()).isPositive();
        assertThat(measured.get(1).failures()).containsOnlyKeys("status 503");
        assertThat(measured.get(1).failed()).isEqualTo((bad.get() + 1) / 2);
        assertThat(measured.get(2).median().perSecond()).isZero();
        assertThat(measured.get(2).failures()).containsOnlyKeys("no answer");
        assertThat(good).hasPositiveValue();
        assertThat(reports.resolve("trial/index.html")).isNotEmptyFile();
    }

    @Test
    void tellsAnAnswerThatIsNotTheWantedOneFromNone() throws Exception {
        Load picky = new Requests(
                "picky",
                1,
                200,
                title -> http(title).get(address("good")).check(bodyString().is("something")));

        Measured measured = measure(picky);

        assertThat(measured.failures()).containsOnlyKeys("another answer");
    }

    @Test
    void preparesASideWheneverItsTurnComes() throws Exception {
        AtomicInteger prepared = new AtomicInteger();

        Measured measured = measure(new PreparedLoad(getting("good"), prepared::incrementAndGet));

        assertThat(measured.failures()).isEmpty();
        assertThat(measured.median().perSecond()).isPositive();
        // Two users, each before the warm-up and before the round.
        assertThat(prepared).hasValue(4);
    }

    @Test
    void doesNotMeasureWhatCannotBePrepared() throws Exception {
        Load unprepared = new PreparedLoad(getting("good"), () -> {
            throw new BenchFailed("There is no room.");
        });
        List<Phase> phases = MOMENT.phases(List.of(unprepared, getting("bad")), WARM_UP);

        new LoadGenerator(reports).run("trial", phases);

        Measured measured = Measured.of(unprepared, phases);
        assertThat(measured.failures()).containsOnlyKeys("preparation: There is no room.");
        assertThat(measured.median().p50()).isNaN();
        assertThat(good).hasValue(0);
        assertThat(bad).hasPositiveValue();
    }

    private Measured measure(Load load) throws Exception {
        List<Phase> phases = MOMENT.phases(List.of(load), WARM_UP);
        new LoadGenerator(reports).run("trial", phases);
        return Measured.of(load, phases);
    }

    private Load getting(String name) {
        return new Requests(name, 2, 200, title -> http(title).get(address(name)));
    }

    private String address(String name) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), name);
    }
}
