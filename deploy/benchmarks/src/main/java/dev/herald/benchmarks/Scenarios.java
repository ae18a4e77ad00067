package dev.herald.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/** All scenarios in their default order. */
final class Scenarios {

    /** Scenarios with much data come last, so that they do not affect the others. */
    static final List<Scenario> ALL = List.of(
            new ReadUser(),
            new GatewayOverhead(),
            new Observability(),
            new Login(),
            new Register(),
            new ReadPost(),
            new UserWithPosts(),
            new CreatePost(),
            new EventToEmail(),
            new OutboxDrain(),
            DisturbedOutbox.byParkedRow(),
            DisturbedOutbox.byHeldSnapshot(),
            new ListUsers(),
            new ListPosts(),
            new AuthorCounts());

    private Scenarios() {}

    /** @throws BadUsage if no scenario has this name */
    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadUsage(
                        "There is no scenario \"%s\". There are: %s.".formatted(name, String.join(", ", names()))));
    }

    static List<String> names() {
        return ALL.stream().map(Scenario::name).collect(Collectors.toList());
    }
}
