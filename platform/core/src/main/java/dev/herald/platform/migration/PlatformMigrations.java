package dev.herald.platform.migration;

import java.util.stream.Stream;
import org.flywaydb.core.api.Location;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;

/** Adds the platform's migrations, whose versions are 0.x, to those of the service, whose versions begin with 1. */
public final class PlatformMigrations {

    private PlatformMigrations() {}

    public static FlywayConfigurationCustomizer at(String path) {
        return flyway -> flyway.locations(
                Stream.concat(Stream.of(flyway.getLocations()), Stream.of(Location.fromPath("classpath:", path)))
                        .toArray(Location[]::new));
    }
}
