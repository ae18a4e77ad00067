package dev.herald.local.cli;

import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Components;
import dev.herald.local.suite.Consumers;
import java.util.List;

/** {@code ./herald deadletters}: lists, replays or discards dead letters. */
record DeadLettersCommand(Consumers consumers) {

    /** Returns whether all named dead letters were replayed or discarded. */
    boolean run(Arguments arguments) throws InterruptedException {
        List<String> words = arguments.plain();
        if (words.size() < 2) {
            for (String consumer : words.isEmpty() ? Components.CONSUMERS : words) {
                consumers.deadLetters(consumer).list();
            }
            return true;
        }
        String action = words.get(1);
        if (!List.of("replay", "discard").contains(action)) {
            throw new BadUsage(
                    "Dead letters can be replayed or discarded: replay or discard, not %s.".formatted(action));
        }
        List<String> positions = words.subList(2, words.size());
        if (positions.isEmpty()) {
            throw new BadUsage("The positions of dead letters are missing: name some, or \"all\".");
        }
        if (action.equals("replay")) {
            return consumers.deadLetters(words.getFirst()).replay(positions);
        }
        String reason = arguments
                .value("--reason")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadUsage("The reason is missing: --reason \"...\" is written to the log."));
        return consumers.deadLetters(words.getFirst()).discard(positions, reason);
    }
}
