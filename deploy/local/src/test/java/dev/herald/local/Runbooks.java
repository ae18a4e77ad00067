package dev.herald.local;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands in the runbooks. */
final class Runbooks {

    private static final Pattern HERALD = Pattern.compile("\\./herald ([a-z]+)(?: ([a-z]+(?:-[a-z0-9]+)*))?");
    private static final Pattern CURL = Pattern.compile("curl -s (?:-X \\w+ |-u \\S+ |-[Hd] (?:'[^']*'|\"[^\"]*\")"
            + " )*'?localhost:(\\d+)(/[^\\s`'?]*)(?:\\?includedNames=([\\w,]+))?");
    private static final Pattern FORWARD = Pattern.compile("kubectl port-forward (\\S+) (\\d+)`");
    private static final Pattern WORKLOAD = Pattern.compile("kubectl [^`]*?((?:deploy|statefulset)/\\S+?)[ `]");
    private static final Pattern UNIT = Pattern.compile("(?:systemctl \\w+ |journalctl -u )herald-([a-z-]+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|(.*)\\|$");

    /** @param component the component that the command names; empty if none */
    record Command(String name, Optional<String> component) {}

    /** @param metrics what it asks the metrics for; empty for all and for other paths */
    record Call(Port port, String path, List<String> metrics) {}

    /** A port of a workload of Kubernetes. */
    record Forward(String workload, Port port) {}

    private Runbooks() {}

    static List<Command> commands() {
        return find(HERALD)
                .map(match -> new Command(match.group(1), Optional.ofNullable(match.group(2))))
                .distinct()
                .toList();
    }

    static List<Call> calls() {
        return find(CURL)
                .map(match -> new Call(
                        port(Integer.parseInt(match.group(1))),
                        match.group(2),
                        match.group(3) == null
                                ? List.of()
                                : List.of(match.group(3).split(",", -1))))
                .distinct()
                .toList();
    }

    static List<Forward> forwards() {
        return find(FORWARD)
                .map(match -> new Forward(match.group(1), port(Integer.parseInt(match.group(2)))))
                .distinct()
                .toList();
    }

    /** Of Kubernetes, such as {@code deploy/gateway}. */
    static Set<String> workloads() {
        return find(WORKLOAD).map(match -> match.group(1)).collect(toSet());
    }

    /** The services of systemd units. */
    static Set<String> units() {
        return find(UNIT).map(match -> match.group(1)).collect(toSet());
    }

    /** The cells of all rows of each page's table, the head and the line below it included. */
    static Map<String, List<List<String>>> tables() {
        return pages().stream()
                .collect(toMap(
                        page -> page.lines().findFirst().orElseThrow(),
                        page -> ROW.matcher(page)
                                .results()
                                .map(row -> Stream.of(row.group(1).split("\\|", -1))
                                        .map(String::strip)
                                        .toList())
                                .toList()));
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
