package dev.herald.local.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

public final class Terminal {

    static final Terminal SILENT = new Terminal(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), false);

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    private final PrintStream out;
    private final boolean colours;

    public Terminal(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public synchronized void line(String text) {
        out.println(text);
    }

    public void blank() {
        line("");
    }

    public void heading(String text) {
        blank();
        line(in(BOLD, text));
        blank();
    }

    void event(String component, State state, String event, String details) {
        line("  %-22s %s %s"
                .formatted(component, in(colour(state), "%-18s".formatted(event)), in(DIM, details))
                .stripTrailing());
    }

    public void fact(String label, Object value) {
        line("  %-22s %s".formatted(label, value));
    }

    public void quote(List<String> lines) {
        lines.forEach(text -> line(in(DIM, "    | " + text)));
    }

    public void logLine(String component, String text) {
        line("%s %s".formatted(in(DIM, "%-20s |".formatted(component)), text));
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    public static String since(Instant begin) {
        return seconds(Duration.between(begin, Instant.now()));
    }

    /** Minutes and seconds below one hour, otherwise hours and minutes. */
    public static String roughly(Duration duration) {
        return duration.toHours() > 0
                ? "%d h %02d m".formatted(duration.toHours(), duration.toMinutesPart())
                : "%d m %02d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }

    private static String colour(State state) {
        return switch (state) {
            case UP, EXTERNAL -> GREEN;
            case STARTING, STOPPED -> YELLOW;
            case SILENT, UNREADY, CRASHED -> RED;
        };
    }

    private String in(String colour, String text) {
        return colours && !text.isEmpty() ? "\u001B[" + colour + "m" + text + "\u001B[0m" : text;
    }
}
