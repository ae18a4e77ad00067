package dev.herald.local.cli;

import dev.herald.local.suite.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reduces Maven's output to one line for each module, and a line of progress when nothing was printed for 10 s. */
final class BuildProgress {

    /** {@link #tick} prints the progress after this time without a line. */
    private static final Duration NO_ANSWER = Duration.ofSeconds(10);

    private static final int MOST_ERRORS = 12;

    private static final String PACKING = "packing";
    private static final String BUILT = "built in";

    /** Lines that Maven prints after every failure, so they say nothing about its cause. */
    private static final Pattern BOILERPLATE = Pattern.compile(
            "\\s*|->.*|\\[Help.*|To see the full.*|Re-run Maven.*|For more information.*|After correcting.*|\\s*mvn <args>.*");

    private static final Pattern OFFLINE = Pattern.compile("Could not transfer|Unknown host|Cannot access");

    /** A line of Maven's log, with or without the thread's name before the level. */
    private static final Pattern LINE = Pattern.compile("(?:\\[[^]]*] )?\\[(INFO|WARNING|ERROR)] ?(.*)");

    private static final Pattern BEGIN = Pattern.compile("Building (\\S+) \\S+ +\\[\\d+/\\d+]");

    /** The heading of a project that has modules but no jar. */
    private static final Pattern AGGREGATOR = Pattern.compile("-+\\[ pom ]-+");

    private static final Pattern GOAL = Pattern.compile("--- \\S+:\\S+:(\\S+) \\(\\S+\\) @ (\\S+) ---");
    private static final Pattern RESULT =
            Pattern.compile("(\\S+)(?: \\S+)? \\.+ (SUCCESS|FAILURE|SKIPPED)(?: \\[ *(.+)])?");

    private final Instant begin;
    private final Consumer<String> screen;
    private final Map<String, Module> building = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();
    private final Downloads downloads = new Downloads();
    private Instant lastShown;
    private String latest = "";
    private boolean offline;

    private static final class Module {

        private final Instant begin;
        private final int fetchedBefore;
        private Instant latest;
        private String activity = "fetching libraries";

        Module(Instant begin, int fetchedBefore) {
            this.begin = begin;
            this.latest = begin;
            this.fetchedBefore = fetchedBefore;
        }

        boolean isPacking() {
            return activity.equals(PACKING);
        }

        /** Whether the module counts as built: Maven prints that only at the end of the whole build, but packing is fast. */
        boolean hasEnded(Instant now) {
            return isPacking() && Duration.between(latest, now).compareTo(NO_ANSWER) > 0;
        }
    }

    BuildProgress(Instant begin, Consumer<String> screen) {
        this.begin = begin;
        this.lastShown = begin;
        this.screen = screen;
    }

    synchronized void read(String printed, Instant now) {
        downloads.read(printed);
        Matcher line = LINE.matcher(printed);
        if (!line.matches()) {
            return;
        }
        String text = line.group(2);
        if (line.group(1).equals("ERROR")) {
            offline |= OFFLINE.matcher(text).find();
            if (!BOILERPLATE.matcher(text).matches()) {
                errors.add(text);
            }
            return;
        }
        interpret(text, now);
    }

    private void interpret(String text, Instant now) {
        Matcher start = BEGIN.matcher(text);
        Matcher goal = GOAL.matcher(text);
        Matcher result = RESULT.matcher(text);
        if (start.matches()) {
            begun(start.group(1), now);
        } else if (AGGREGATOR.matcher(text).matches()) {
            building.remove(latest);
        } else if (goal.matches()) {
            Module module = building.get(goal.group(2));
            if (module != null) {
                module.activity = activity(goal.group(1));
                module.latest = now;
            }
        } else if (result.matches()) {
            ended(result.group(1), result.group(2).equals("SUCCESS") ? BUILT : "failed after", now);
        }
    }

    /** Begins a module, which ends the module that was packing. */
    private void begun(String name, Instant now) {
        new LinkedHashMap<>(building).forEach((other, module) -> {
            if (module.isPacking()) {
                ended(other, BUILT, now);
            }
        });
        building.put(name, new Module(now, downloads.count()));
        latest = name;
    }

    private void ended(String name, String event, Instant now) {
        Module module = building.remove(name);
        if (module != null) {
            int meanwhile = downloads.count() - module.fetchedBefore;
            show(
                    name,
                    "%s %s%s"
                            .formatted(
                                    event,
                                    seconds(module.begin, now),
                                    meanwhile == 0 ? "" : ", %d artifacts fetched meanwhile".formatted(meanwhile)),
                    now);
        }
    }

    /** Prints the progress if no line was printed for 10 s. */
    synchronized void tick(Instant now) {
        if (Duration.between(lastShown, now).compareTo(NO_ANSWER) < 0) {
            return;
        }
        if (building.values().stream().allMatch(module -> module.hasEnded(now))) {
            show("", "reading the projects" + downloads, now);
        }
        building.forEach((name, module) -> {
            if (!module.hasEnded(now)) {
                show(name, "%s for %s%s".formatted(module.activity, seconds(module.begin, now), downloads), now);
            }
        });
    }

    synchronized void succeeded(Instant now) {
        List.copyOf(building.keySet()).forEach(module -> ended(module, BUILT, now));
        screen.accept("  Built in %s%s.".formatted(seconds(begin, now), downloads));
    }

    synchronized List<String> failure() {
        return errors.stream().limit(MOST_ERRORS).map(error -> "    | " + error).toList();
    }

    /** The likely cause of the failure, for the end of a sentence; empty if unknown. */
    synchronized String hint() {
        return offline
                ? ", because Maven could not fetch an artifact. Is this machine online, and is Maven's proxy set? The same command continues the build"
                : "";
    }

    private void show(String module, String text, Instant now) {
        screen.accept("  %-22s %s".formatted(module, text));
        lastShown = now;
    }

    private static String activity(String goal) {
        return switch (goal) {
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
}
