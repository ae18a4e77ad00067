package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildProgressTest {

    private static final Instant BEGIN = Instant.parse("2026-11-30T10:00:00Z");

    private final List<String> screen = new ArrayList<>();
    private final BuildProgress progress = new BuildProgress(BEGIN, screen::add);
    private Instant now = BEGIN;

    @Test
    void isALineAModuleWithItsTimeAndWhatWasFetched() {
        read("""
                [main] [INFO] Using the MultiThreadedBuilder implementation with a thread count of 2
                [mvn-builder-herald] [INFO] Building Herald 1.0.0-SNAPSHOT                                     [1/8]
                [mvn-builder-herald] [INFO] --------------------------------[ pom ]---------------------------------
                [mvn-builder-platform] [INFO] Building platform 1.0.0-SNAPSHOT                                   [2/8]
                [mvn-builder-platform] [INFO] --------------------------------[ jar ]---------------------------------
                [mvn-builder-platform] [INFO] Downloading from central: https://repo.example/a.jar
                [mvn-builder-platform] [INFO] Downloaded from central: https://repo.example/a.jar (1.5 MB at 3.0 MB/s)
                Downloaded from central: https://repo.example/b.pom (12 kB at 100 kB/s)
                [mvn-builder-platform] [INFO] --- maven-compiler-plugin:3.15.0:compile (default-compile) @ platform ---
                """);
        later(30);
        read("""
                [mvn-builder-platform] [INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ platform ---
                """);
        later(5);
        read("""
                [mvn-builder-gateway] [INFO] Building gateway 1.0.0-SNAPSHOT                                    [3/8]
                """);
        read(
                "[mvn-builder-user-service] [INFO] Building user-service 1.0.0-SNAPSHOT                               [4/8]\n");
        later(10);
        progress.succeeded(now);

        assertThat(screen)
                .map(line -> line.strip().replaceAll(" +", " "))
                .containsExactly(
                        "platform built in 35.0 s, 2 artifacts fetched meanwhile",
                        "gateway built in 10.0 s",
                        "user-service built in 10.0 s",
                        "Built in 45.0 s, 2 artifacts (2 MB) fetched.");
    }

    @Test
    void isSaidWhileNothingEnds() {
        read("""
                [INFO] Building platform 1.0.0-SNAPSHOT                                   [2/8]
                [INFO] --- compiler:3.13.0:compile (default-compile) @ platform ---
                """);
        later(9);
        progress.tick(now);
        assertThat(screen).isEmpty();

        later(1);
        progress.tick(now);
        assertThat(screen).singleElement().asString().contains("platform", "compiling for 10.0 s");
    }

    @Test
    void isTheFirstErrorsAndTheirLikelyCauseWhenItFails() {
        read("""
                [ERROR] Failed to execute goal on project platform: Could not transfer artifact a:b:pom:1 from/to central
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                """);

        assertThat(progress.failure()).singleElement().asString().contains("Could not transfer artifact");
        assertThat(progress.hint()).contains("online");
    }

    private void read(String lines) {
        lines.lines().forEach(line -> progress.read(line, now));
    }

    private void later(int seconds) {
        now = now.plusSeconds(seconds);
    }
}
