package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.settings.Home;
import dev.herald.local.settings.Secrets;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Secrets that must not be in Herald's logs after all tests. Logs of the servers are not checked. */
final class SecretsCheck {

    private static final Pattern OURS = Pattern.compile("(gateway|discovery|[a-z]+-service)(-\\d+)?\\.log");

    private SecretsCheck() {}

    static void assertKept(Settings settings) {
        List<String> secret = new ArrayList<>(List.of(
                Client.PASSWORD,
                Client.NEW_PASSWORD,
                Settings.LOCAL_PASSWORD,
                "$argon2",
                // The Base64 of a JWT's header, with any content.
                "eyJ",
                // The addresses of all users.
                "@example.com",
                "your Herald account",
                "For nobody's eyes"));
        settings.secrets().forEach((name, value) -> {
            if (!name.equals(Secrets.ADMIN_EMAIL)) {
                secret.add(value);
            }
        });

        assertThat(linesOf(settings.home())).noneMatch(line -> secret.stream().anyMatch(line::contains));
    }

    /** The whole logs of the services, the gateway and discovery. */
    static List<String> linesOf(Home home) {
        try (Stream<Path> logs = Files.list(home.logs())) {
            return logs.filter(log -> OURS.matcher(log.getFileName().toString()).matches())
                    .flatMap(SecretsCheck::lines)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
