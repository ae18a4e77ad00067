package dev.herald.local.cli;

import dev.herald.local.suite.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reduces Maven's output to one line for each module and its progress. */
final class BuildProgress {

    /** After this time without output, the progress is printed. */
    private static final Duration NO_ANSWER = Duration.ofSeconds(10);

    private static final int MOST_ERRORS = 12;
    private static final String PACKING = "packing";
    private static final String FETCHING = "fetching libraries";

    /** Lines that Maven adds to every failure. */
    private static final Pattern BOILERPLATE = Pattern.compile(
            "\\s*|->.*|\\[Help.*|To see the full.*|Re-run Maven.*|For more information.*|After correcting.*|\\s*mvn <args>.*");

    /** With or without the name of the thread. */
    private static final Pattern LINE =
            Pattern.compile("(?:\\[(?:mvn-builder-)?([^\\]]*)] )?\\[(INFO|WARNING|ERROR)] ?(.*)");

    private static final Pattern BEGIN = Pattern.compile("Building (\\S+) \\S+ +\\[\\d+/\\d+]");
    /** A project with modules only. */
    private static final Pattern AGGREGATOR = Pattern.compile("-+\\[ pom ]-+");

    private static final Pattern GOAL = Pattern.compile("--- \\S+:\\S+:(\\S+) \\(\\S+\\) @ (\\S+) ---");
    private static final Pattern RESULT =
            Pattern.compile("(\\S+)(?: \\S+)? \\.+ (SUCCESS|FAILURE|SKIPPED)(?: \\[ *(.+)])?");
    private static final Pattern FETCHED =
            Pattern.compile("Downloaded from \\S+: (\\S+) \\((\\d+(?:\\.\\d+)?) ?(B|kB|MB)(?: at .*)?\\)");

    private final Instant begin;
    private final Consumer<String> screen;
    private final Map<String, Module> building = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Instant lastShown;
    private String latest = "";
    private int workers = 1;
    private int fetched;
    private double fetchedBytes;
    private boolean offline;

    private static final class Module {
        private final Instant begin;
        private Instant latest;
        private String goal = FETCHING;
        private final int fetchedBefore;

        Module(Instant begin, int fetchedBefore) {
            this.begin = begin;
            this.latest = begin;
            this.fetchedBefore = fetchedBefore;
        }

        /** Maven prints the end of a module only at the end of the build, but packing is fast. */
        boolean hasEnded(Instant now) {
            return doing(goal).equals(PACKING) && Duration.between(latest, now).compareTo(NO_ANSWER) > 0;
        }
    }

    BuildProgress(Instant begin, Consumer<String> screen) {
        this.begin = begin;
        this.lastShown = begin;
        this.screen = screen;
    }

    synchronized void read(String printed, Instant now) {
        Matcher fetching = FETCHED.matcher(printed);
        if (fetching.find()) {
            fetched++;
            fetchedBytes += Double.parseDouble(fetching.group(2)) * unit(fetching.group(3));
        }
        Matcher line = LINE.matcher(printed);
        if (!line.matches()) {
            return;
        }
        String text = line.group(3);
        if (line.group(2).equals("ERROR")) {
            failed(text);
            return;
        }
        Matcher threads = Pattern.compile("with a thread count of (\\d+)").matcher(text);
        if (threads.find()) {
            workers = Integer.parseInt(threads.group(1));
        }
        Matcher start = BEGIN.matcher(text);
        Matcher goal = GOAL.matcher(text);
        Matcher result = RESULT.matcher(text);
        if (start.matches()) {
            begun(start.group(1), now);
        } else if (AGGREGATOR.matcher(text).matches()) {
            building.remove(latest);
        } else if (goal.matches()) {
            Module module = building.computeIfAbsent(goal.group(2), name -> new Module(now, fetched));
            module.goal = goal.group(1);
            module.latest = now;
        } else if (result.matches() && building.containsKey(result.group(1))) {
            ended(result.group(1), result.group(2).equals("SUCCESS") ? "built in" : "failed after", now);
        }
        Module speaking = line.group(1) == null ? null : building.get(line.group(1));
        if (speaking != null) {
            speaking.latest = now;
        }
    }

    /** Prints the progress if nothing was printed for long. */
    synchronized void tick(Instant now) {
        if (Duration.between(lastShown, now).compareTo(NO_ANSWER) < 0) {
            return;
        }
        List<Map.Entry<String, Module>> working = building.entrySet().stream()
                .filter(module -> !module.getValue().hasEnded(now))
                .toList();
        if (working.isEmpty()) {
            show("  %-22s %s".formatted("", "reading the projects" + fetchedSoFar()), now);
        }
        working.forEach(module -> show(
                "  %-22s %s for %s%s"
                        .formatted(
                                module.getKey(),
                                doing(module.getValue().goal),
                                seconds(module.getValue().begin, now),
                                fetchedSoFar()),
                now));
    }

    synchronized void succeeded(Instant now) {
        List.copyOf(building.keySet()).forEach(module -> ended(module, "built in", now));
        show("  Built in %s%s.".formatted(seconds(begin, now), fetchedSoFar()), now);
    }

    /** The first errors of Maven. */
    synchronized List<String> failure() {
        return errors.stream().limit(MOST_ERRORS).map(error -> "    | " + error).toList();
    }

    /** The likely cause, as the end of a sentence. */
    synchronized String hint() {
        return offline
                ? ", because Maven could not fetch something: is this machine online, and Maven's proxy set? Call it again, and it goes on"
                : "";
    }

    private void failed(String text) {
        offline |=
                text.contains("Could not transfer") || text.contains("Unknown host") || text.contains("Cannot access");
        if (!BOILERPLATE.matcher(text).matches()) {
            errors.add(text);
        }
    }

    /** The thread that begins a module has ended another: the one that was packing, or the one that printed last. */
    private void begun(String name, Instant now) {
        List<String> packed = building.entrySet().stream()
                .filter(module -> doing(module.getValue().goal).equals(PACKING))
                .map(Map.Entry::getKey)
                .toList();
        packed.forEach(module -> ended(module, "built in", now));
        if (building.size() >= workers) {
            building.entrySet().stream()
                    .max(Comparator.comparing(module -> module.getValue().latest))
                    .ifPresent(module -> ended(module.getKey(), "built in", now));
        }
        building.put(name, new Module(now, fetched));
        latest = name;
    }

    private void ended(String name, String event, Instant now) {
        Module module = building.remove(name);
        if (module == null) {
            return;
        }
        int meanwhile = fetched - module.fetchedBefore;
        show(
                "  %-22s %s %s%s"
                        .formatted(
                                name,
                                event,
                                seconds(module.begin, now),
                                meanwhile == 0 ? "" : ", %d artifacts fetched meanwhile".formatted(meanwhile)),
                now);
    }

    private void show(String line, Instant now) {
        screen.accept(line);
        lastShown = now;
    }

    private String fetchedSoFar() {
        return fetched == 0
                ? ""
                : String.format(Locale.ROOT, ", %d artifacts (%.0f MB) fetched", fetched, fetchedBytes / 1e6);
    }

    private static String doing(String goal) {
        return switch (goal) {
            case FETCHING -> FETCHING;
            case "compile" -> "compiling";
            case "testCompile" -> "compiling tests";
            case "jar", "test-jar", "repackage" -> PACKING;
            case "copy", "copy-dependencies" -> "copying libraries";
            default -> "working (%s)".formatted(goal);
        };
    }

    private static String seconds(Instant from, Instant to) {
        return Terminal.seconds(Duration.between(from, to));
    }

    private static double unit(String name) {
        return switch (name) {
            case "MB" -> 1e6;
            case "kB" -> 1e3;
            default -> 1;
        };
    }
}
