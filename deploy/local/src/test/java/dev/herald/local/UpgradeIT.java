package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.process.Folders;
import dev.herald.local.server.Service;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The services of an older release and today's on the same databases and topics, under load: old, both, today's, both, old. Gateway and
 * discovery are today's.
 */
@SlowTest
class UpgradeIT {

    private static final Path HOME = Path.of("target/upgrade").toAbsolutePath();
    /** In the order of deploy/operations/upgrade.md. */
    private static final List<String> SERVICES = List.of("notification-service", "post-service", "user-service");

    /** The release of {@code upgrade.from} knows nothing of migrations that came after it. */
    private static final Map<String, String> ON_A_MIGRATED_DATABASE =
            Map.of("SPRING_FLYWAY_IGNORE_MIGRATION_PATTERNS", "*:missing,*:future");

    private final Settings settings = settings();
    private final Suite suite = new Suite(settings);
    private final Client client = new Client(settings);
    private final DatabaseBackup database =
            new DatabaseBackup(settings.postgres(), settings.home().data("postgres"), HOME);
    private final List<OlderRelease.Instance> old = new ArrayList<>();

    /** Instances leave the registry in good time, as in production. */
    private static Settings settings() {
        Map<String, String> environment =
                new HashMap<>(TestSettings.onFreePorts(HOME.resolve("suite")).environment());
        environment.remove(TestSettings.DEREGISTRATION_DELAY);
        return new Settings(environment);
    }

    @BeforeEach
    void startServers() throws Exception {
        Folders.delete(HOME);
        suite.start("postgres", "kafka", "redis", "smtp");
        ServiceDatabase.createMissing(settings.postgres());
        settings.home().secrets().createMissing();
        suite.start("discovery");
    }

    @AfterEach
    void stop() throws InterruptedException {
        old.forEach(OlderRelease.Instance::close);
        suite.down();
    }

    @Test
    void releasesRunSideBySideInBothDirections() throws Exception {
        OlderRelease release = OlderRelease.of(System.getProperty("herald.upgrade.from"));
        startOld(release, Map.of());
        suite.start("gateway");
        AcknowledgedWrites load = new AcknowledgedWrites(client);
        try (load) {
            load.awaitSomeOfEachKind();

            for (String service : SERVICES) {
                suite.start(service);
            }
            load.awaitSomeOfEachKind();
            stopOld();
            load.awaitSomeOfEachKind();

            startOld(release, ON_A_MIGRATED_DATABASE);
            load.awaitSomeOfEachKind();
            for (String service : SERVICES) {
                suite.stop(service);
            }
            load.awaitSomeOfEachKind();
        }

        System.out.printf("%d writes, failed: %s%n", load.all().size(), load.failures());
        assertThat(load.failures()).isEmpty();
        new Agreement(settings, database).awaitOf(load);
    }

    private void startOld(OlderRelease release, Map<String, String> environment) throws Exception {
        for (String name : SERVICES) {
            Service today = (Service) suite.components().named(name);
            Set<Integer> reserved = new HashSet<>();
            for (Port port : Port.values()) {
                reserved.add(settings.port(port));
            }
            old.add(release.start(today.instance(2, FreePorts.above(today.ports(), reserved)), environment));
        }
    }

    private void stopOld() {
        old.forEach(OlderRelease.Instance::close);
        old.clear();
    }
}
