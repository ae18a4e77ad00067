package dev.herald.local.suite;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.TestSettings;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

    private final Settings settings;
    private final RunRecords records;
    private Process process;

    RunRecordsTest(@TempDir Path home) throws IOException {
        settings = TestSettings.onFreePorts(home);
        records = new RunRecords(settings.home().run());
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endProcess() {
        process.destroyForcibly();
    }

    @Test
    void tellLaterCommandsWhatRuns() {
        RunRecord record = recordOf(process);
        records.save(record);

        assertThat(new RunRecords(settings.home().run()).find("redis")).contains(record);
        assertThat(records.find("kafka")).isEmpty();
        assertThat(records.all()).containsExactly(record);
    }

    @Test
    void areReadByTheirOwnerOnly() throws IOException {
        records.saveEnvironment(Map.of("HERALD_POSTGRES_PASSWORD", "secret"));

        assertThat(records.environment()).containsEntry("HERALD_POSTGRES_PASSWORD", "secret");
        assertThat(Files.getPosixFilePermissions(settings.home().run().resolve("settings.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void knowAProcessFromItsStartToItsEnd() {
        RunRecord record = recordOf(process);
        assertThat(record.state()).isEqualTo(State.STARTING);
        assertThat(record.ready(Instant.now()).state()).isEqualTo(State.UP);

        process.destroyForcibly();

        await().untilAsserted(() -> assertThat(record.state()).isEqualTo(State.CRASHED));
        assertThat(record.stopped().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void neverTakeAnotherProcessWithTheSameNumberForTheirOwn() throws InterruptedException {
        RunRecord reused = recordOf(process);
        records.save(new RunRecord(
                reused.component(),
                reused.pid(),
                reused.startedAt().minus(ofDays(1)),
                reused.startedAt(),
                reused.ports(),
                reused.log(),
                reused.desiredState()));
        Suite suite = new Suite(settings);

        assertThat(suite.isRunning()).isFalse();
        suite.stop("redis");
        suite.kill("redis");
        suite.down();

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void endWithTheSuite() throws InterruptedException {
        records.save(recordOf(process));

        new Suite(settings).down();

        await().atMost(ofSeconds(10)).until(() -> !process.isAlive());
        assertThat(records.all()).isEmpty();
    }

    private RunRecord recordOf(Process running) {
        return RunRecord.of(
                "redis",
                running.toHandle(),
                Map.of(Port.REDIS, settings.port(Port.REDIS)),
                settings.home().log("redis").path());
    }
}
