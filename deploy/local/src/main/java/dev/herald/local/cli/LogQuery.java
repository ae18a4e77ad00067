package dev.herald.local.cli;

import dev.herald.local.suite.BadUsage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

record LogQuery(boolean errorsOnly, Optional<Instant> since, Optional<Pattern> pattern) implements Predicate<LogEntry> {

    static final LogQuery EVERYTHING = new LogQuery(false, Optional.empty(), Optional.empty());

    static Pattern pattern(String typed) {
        try {
            return Pattern.compile(typed);
        } catch (PatternSyntaxException e) {
            throw new BadUsage("\"%s\" is no regular expression: %s.".formatted(typed, e.getDescription()));
        }
    }

    boolean isEverything() {
        return equals(EVERYTHING);
    }

    @Override
    public boolean test(LogEntry entry) {
        return (!errorsOnly || entry.isError())
                && since.map(time -> !entry.time().isBefore(time)).orElse(true)
                && pattern.map(entry::holds).orElse(true);
    }
}
