package dev.herald.local;

import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands in the runbooks. */
final class Runbooks {

    private static final Pattern HERALD = Pattern.compile("\\./herald ([a-z]+)(?: ([a-z]+(?:-[a-z0-9]+)*))?");
    private static final Pattern CURL = Pattern.compile("curl -s localhost:(\\d+)(/[^\\s`]*)");

    /** @param component the component that the command names; empty if none */
    record Command(String name, Optional<String> component) {}

    record Call(Port port, String path) {}

    private Runbooks() {}

    static List<Command> commands() {
        return find(HERALD)
                .map(match -> new Command(match.group(1), Optional.ofNullable(match.group(2))))
                .distinct()
                .toList();
    }

    static List<Call> calls() {
        return find(CURL)
                .map(match -> new Call(port(Integer.parseInt(match.group(1))), match.group(2)))
                .distinct()
                .toList();
    }

    /** In any spelling. */
    static long curls() {
        return find(Pattern.compile("\\bcurl ")).count();
    }

    static long understoodCurls() {
        return find(CURL).count();
    }

    private static Port port(int number) {
        return Arrays.stream(Port.values())
                .filter(port -> port.number() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing listens on " + number));
    }

    private static Stream<MatchResult> find(Pattern pattern) {
        return pages().stream().flatMap(page -> pattern.matcher(page).results());
    }

    private static List<String> pages() {
        try (Stream<Path> files = Files.list(Checkout.observability().resolve("runbooks"))) {
            return files.sorted().map(Runbooks::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
