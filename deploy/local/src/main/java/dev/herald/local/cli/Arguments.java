package dev.herald.local.cli;

import dev.herald.local.suite.BadUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words after the command; each is read once. */
final class Arguments {

    private final List<String> words;

    Arguments(String... words) {
        this.words = new ArrayList<>(List.of(words));
    }

    /** @throws BadUsage if there is no word left */
    String next(String what) {
        return optional().orElseThrow(() -> new BadUsage("There is no %s.".formatted(what)));
    }

    /** @throws BadUsage if it is not a number from 1 to the most */
    int number(String what, int most) {
        return number(what, next(what), most);
    }

    private static int number(String what, String word, int most) {
        if (!word.matches("[1-9][0-9]{0,8}") || Integer.parseInt(word) > most) {
            throw new BadUsage("The %s is from 1 to %d, not \"%s\".".formatted(what, most, word));
        }
        return Integer.parseInt(word);
    }

    /**
     * The number after an option, or the default.
     *
     * @throws BadUsage if it is not a number from 1 to the most
     */
    int numberAfter(String option, int most, int usual) {
        int position = words.indexOf(option);
        if (position < 0) {
            return usual;
        }
        words.remove(position);
        String word = position < words.size() ? words.remove(position) : "";
        return number("number after " + option, word, most);
    }

    Optional<String> optional() {
        return words.isEmpty() ? Optional.empty() : Optional.of(words.removeFirst());
    }

    boolean has(String option) {
        return words.removeAll(List.of(option));
    }

    boolean contains(String option) {
        return words.contains(option);
    }

    /**
     * The value of an option.
     *
     * @throws BadUsage if it has none
     */
    Optional<String> valueOf(String option) {
        int at = words.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == words.size()) {
            throw new BadUsage("%s needs a value.".formatted(option));
        }
        words.remove(at);
        return Optional.of(words.remove(at));
    }

    /** All words that are left. */
    List<String> rest() {
        List<String> rest = List.copyOf(words);
        words.clear();
        return rest;
    }
}
