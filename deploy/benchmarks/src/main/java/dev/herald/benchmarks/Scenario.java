package dev.herald.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * A measurement of the running suite.
 *
 * @param name the name on the command line
 * @param warmUp the time that each load runs before it is measured
 */
record Scenario(String name, Duration warmUp, Measurement measurement) {

    /** All scenarios. Those with much data come last, so that they do not affect the others. */
    static final List<Scenario> ALL = List.of(
            new Scenario("read-user", Timing.GATEWAY_WARM_UP, ReadScenarios::user),
            new Scenario("gateway-overhead", Timing.GATEWAY_WARM_UP, ReadScenarios::gateways),
            new Scenario("peers", Timing.GATEWAY_WARM_UP, Peers::run),
            new Scenario("warm-up", Duration.ZERO, WarmUp::run),
            new Scenario("observability", Timing.GATEWAY_WARM_UP, ReadScenarios::observability),
            new Scenario("login", Timing.WARM_UP, WriteScenarios::login),
            new Scenario("refresh", Timing.WARM_UP, RefreshScenario::run),
            new Scenario("verify", Timing.WARM_UP, VerifyScenario::run),
            new Scenario("forgot-password", Timing.WARM_UP, ForgotPasswordScenario::run),
            new Scenario("login-burst", Timing.WARM_UP, LoginBurst::run),
            new Scenario("register", Timing.WARM_UP, WriteScenarios::register),
            new Scenario("read-post", Timing.WARM_UP, ReadScenarios::post),
            new Scenario("user-with-posts", Timing.WARM_UP, ReadScenarios::userWithPosts),
            new Scenario("create-post", Timing.WARM_UP, WriteScenarios::createPost),
            new Scenario("event-to-email", Timing.WARM_UP, EmailScenario::run),
            new Scenario("outbox-drain", Timing.WARM_UP, OutboxScenarios::drain),
            new Scenario(DebeziumScenario.NAME, Timing.WARM_UP, DebeziumScenario::run),
            new Scenario("outbox-tail", Timing.WARM_UP, OutboxScenarios::parkedRow),
            new Scenario("outbox-xmin", Timing.WARM_UP, OutboxScenarios::heldSnapshot),
            new Scenario("list-users", Timing.WARM_UP, ListScenarios::users),
            new Scenario("list-posts", Timing.WARM_UP, ListScenarios::posts),
            new Scenario("author-counts", Timing.WARM_UP, ListScenarios::authors),
            new Scenario("charts", Timing.WARM_UP, Charts::run));

    @FunctionalInterface
    interface Measurement {

        /** Prepares data, measures, and restores the state of the suite. */
        Outcome run(Scenario scenario, Bench bench) throws Exception;
    }

    /** @param remarks sentences about what was not measured */
    record Outcome(List<Measured> measured, List<Ratio> ratios, List<String> remarks) {

        Outcome(List<Measured> measured, List<Ratio> ratios) {
            this(measured, ratios, List.of());
        }
    }

    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new BadUsage(
                        "There is no scenario \"%s\". There are: %s.".formatted(name, String.join(", ", names()))));
    }

    static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }
}
