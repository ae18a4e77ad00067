package dev.herald.platform.migration;

import java.util.stream.Stream;
import org.flywaydb.core.api.Location;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;

/** Adds migrations of the platform, with versions 0.x, to those of the service, with versions from 1 on. */
public final class PlatformMigrations {

    private PlatformMigrations() {}

    public static FlywayConfigurationCustomizer at(String path) {
        return flyway -> flyway.locations(
                Stream.concat(Stream.of(flyway.getLocations()), Stream.of(Location.fromPath("classpath:", path)))
                        .toArray(Location[]::new));
    }
}
