package dev.herald.local.cli;

import static java.util.stream.Collectors.toMap;

import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words after a command, checked against its synopsis.
 *
 * @param typed all words, in the order typed
 * @param plain the words that are neither options nor values of options
 * @param options the options with their values; the value is empty if an option takes none
 */
record Arguments(List<String> typed, List<String> plain, Map<String, String> options) {

    private static final Pattern OPTION = Pattern.compile("\\[(-[^] ]+) ?(<[^>]+>)?]");
    private static final Pattern WORD = Pattern.compile("<[^>]+>|\\[[^]]+]");

    /** The options in a synopsis, each with the name of its value; the name is empty if an option takes none. */
    static Map<String, String> known(String synopsis) {
        return OPTION.matcher(synopsis)
                .results()
                .collect(toMap(option -> option.group(1), option -> Objects.requireNonNullElse(option.group(2), "")));
    }

    static Arguments of(Usage usage, List<String> words) {
        Map<String, String> known = known(usage.synopsis());
        List<String> expected = WORD.matcher(OPTION.matcher(usage.synopsis()).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
        int most = usage.synopsis().contains("...") ? Integer.MAX_VALUE : expected.size();
        List<String> plain = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            String value = known.get(word);
            if (value == null) {
                requireNoOption(usage, word, known);
                plain.add(word);
                if (plain.size() > most) {
                    throw new BadUsage("%s takes %s, and \"%s\" is not understood."
                            .formatted(usage.word(), most == 0 ? "no argument" : "no further argument", word));
                }
            } else if (!value.isEmpty() && !rest.hasNext()) {
                throw new BadUsage("%s needs %s.".formatted(word, value));
            } else {
                options.put(word, value.isEmpty() ? "" : rest.next());
            }
        }
        List<String> required =
                expected.stream().filter(word -> word.startsWith("<")).toList();
        if (plain.size() < required.size()) {
            throw new BadUsage("%s needs %s.".formatted(usage.word(), required.get(plain.size())));
        }
        return new Arguments(words, plain, options);
    }

    private static void requireNoOption(Usage usage, String word, Map<String, String> known) {
        if (word.length() > 1 && word.startsWith("-")) {
            throw new BadUsage("%s has no option \"%s\".".formatted(usage.word(), word)
                    + Suggestion.hint(word, List.copyOf(known.keySet())));
        }
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The number after an option, or the default if the option is absent. */
    int number(String option, int most, int defaultNumber) {
        return value(option)
                .map(word -> number("number after " + option, word, most))
                .orElse(defaultNumber);
    }

    static int number(String what, String word, int most) {
        if (!word.matches("[1-9][0-9]{0,8}") || Integer.parseInt(word) > most) {
            throw new BadUsage("The %s is from 1 to %d, not \"%s\".".formatted(what, most, word));
        }
        return Integer.parseInt(word);
    }
}
