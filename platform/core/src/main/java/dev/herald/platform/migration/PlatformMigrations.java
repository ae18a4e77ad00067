package dev.herald.platform.migration;

import java.util.stream.Stream;
import org.flywaydb.core.api.Location;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;

/** Adds a part of the platform's migrations to the service's own; their versions are 0.x, the service's from 1 on. */
public final class PlatformMigrations {

    private PlatformMigrations() {}

    public static FlywayConfigurationCustomizer at(String path) {
        return flyway -> flyway.locations(
                Stream.concat(Stream.of(flyway.getLocations()), Stream.of(Location.fromPath("classpath:", path)))
                        .toArray(Location[]::new));
    }
}
