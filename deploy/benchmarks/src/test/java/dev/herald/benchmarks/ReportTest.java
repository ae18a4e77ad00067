package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private final Measured jwks = new Measured("JWKS document", List.of(new Figures(2000, 1.2, 4)), Map.of());
    private final Measured direct = new Measured("read-user direct", List.of(new Figures(900, 2, 8.04)), Map.of());
    private final Measured gateway = new Measured(
            "read-user via gateway", List.of(new Figures(0, Double.NaN, Double.NaN)), Map.of("status 429", 7));

    private final Report report = new Report(
            Instant.EPOCH,
            new Report.Machine(2, "Linux amd64", "25"),
            Timing.USUAL,
            List.of(new Report.Result(
                    "read-user",
                    Duration.ofSeconds(60),
                    new Scenario.Outcome(
                            List.of(jwks, direct, gateway),
                            List.of(
                                    Ratio.ofRates(direct, jwks, Aim.atLeast(0.5)),
                                    Ratio.ofTail(direct, Aim.atMost(10)),
                                    Ratio.ofTail(gateway, Aim.atMost(10)),
                                    Ratio.ofTimes(direct, jwks, Aim.NONE))),
                    0.5)));

    @Test
    void showsFiguresAimsAndWhatDisturbedThem() {
        assertThat(report.text())
                .contains("JWKS document                2000     1.2     4.0       0")
                .contains("read-user via gateway         0.0       -       -       7")
                .containsPattern(
                        "read-user direct to JWKS document, requests/s +0.45 +0.45 to 0.45 +at least 0.50 +missed")
                .containsPattern("read-user direct, p99 to p50 +4.02 .+ met")
                .containsPattern("read-user via gateway, p99 to p50 +- .+ missed")
                .containsPattern("(?m)read-user direct to JWKS document, p50 +1.67 +1.67 to 1.67 +-$")
                .contains("read-user via gateway failed 7 times: status 429.")
                .contains("Before read-user began, the processors were 50 % busy with something else.");
    }

    @Test
    void isKeptForPeopleAndPrograms(@TempDir Path folder) throws Exception {
        report.write(folder);

        assertThat(folder.resolve("report.md"))
                .content()
                .contains("2 cores")
                .contains("| JWKS document | 2000 | 1.2 | 4.0 | 0 |")
                .contains("[read-user in charts](read-user/index.html), each load after 60 s of warm-up");
        JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
        JsonNode outcome = json.path("results").path(0).path("outcome");
        assertThat(outcome.path("measured")
                        .path(0)
                        .path("rounds")
                        .path(0)
                        .path("perSecond")
                        .asDouble())
                .isEqualTo(2000);
        assertThat(outcome.path("ratios").path(0).path("met").asBoolean(true)).isFalse();
        assertThat(outcome.path("ratios").path(0).path("value").asDouble()).isEqualTo(0.45);
    }
}
