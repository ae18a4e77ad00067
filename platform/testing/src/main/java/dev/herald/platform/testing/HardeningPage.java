package dev.herald.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;

/** A section of deploy/operations/hardening.md. A test uses it to start exactly what the page tells operators to set. */
public record HardeningPage(String text) {

    private static final Path FILE = Path.of("../deploy/operations/hardening.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*) \\|$");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z0-9_]+)=('(.*)'|\\S+)( +#.*)?");

    public static HardeningPage section(String title) {
        try {
            String text = Files.readString(FILE);
            int start = text.indexOf("\n## " + title + "\n");
            int end = text.indexOf("\n## ", start + 1);
            return new HardeningPage(text.substring(start, end < 0 ? text.length() : end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the code blocks in this language. */
    public List<String> lines(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .flatMap(block -> block.group(2).lines())
                .toList();
    }

    /** The cells of the table rows that begin with code, without backquotes. */
    public List<List<String>> rows() {
        return ROW.matcher(text)
                .results()
                .map(row -> Arrays.stream(row.group(1).split(" \\| "))
                        .map(cell -> cell.replace("`", ""))
                        .toList())
                .toList();
    }

    /**
     * Gives an application the section's environment variables.
     *
     * @param places replaces the hosts and files of the page's examples by those of the test
     */
    public void applyTo(ConfigurableApplicationContext context, UnaryOperator<String> places) {
        List<String> variables = lines("sh").stream()
                .map(line -> VARIABLE.matcher(line).results().findFirst().orElseThrow())
                .map(variable -> variable.group(1) + "=" + places.apply(value(variable)))
                .toList();
        TestPropertyValues.of(variables)
                .applyTo(
                        context.getEnvironment(),
                        TestPropertyValues.Type.SYSTEM_ENVIRONMENT,
                        "hardening-systemEnvironment");
    }

    private static String value(MatchResult variable) {
        return variable.group(3) == null ? variable.group(2) : variable.group(3);
    }
}
