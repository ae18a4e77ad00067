package dev.herald.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

record Options(List<Scenario> scenarios, Timing timing, boolean keepRows) {

    private static final int MOST_ROUNDS = 99;
    private static final int MOST_SECONDS = 600;

    static Options of(String... words) {
        List<String> rest = new ArrayList<>(List.of(words));
        boolean keepRows = rest.remove("--keep-rows");
        Timing timing = new Timing(
                number(rest, "--rounds", MOST_ROUNDS, Timing.USUAL.rounds()),
                Timing.USUAL.pause(),
                Duration.ofSeconds(number(rest, "--seconds", MOST_SECONDS, (int)
                        Timing.USUAL.measured().toSeconds())));
        List<Scenario> scenarios = rest.stream().distinct().map(Scenario::named).toList();
        return new Options(scenarios.isEmpty() ? Scenario.ALL : scenarios, timing, keepRows);
    }

    private static int number(List<String> words, String option, int most, int otherwise) {
        int at = words.indexOf(option);
        if (at < 0) {
            return otherwise;
        }
        words.remove(at);
        String word = at < words.size() ? words.remove(at) : "";
        if (!word.matches("[1-9]\\d{0,2}") || Integer.parseInt(word) > most) {
            throw new BadUsage("%s needs a number, 1 to %d.".formatted(option, most));
        }
        return Integer.parseInt(word);
    }
}
