package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.List;

/** Runs the phases of one scenario in order. Gatling creates this object, so the phases come from a scoped value. */
public final class LoadSimulation extends Simulation {

    static final ScopedValue<List<Phase>> PHASES = ScopedValue.newInstance();

    public LoadSimulation() {
        setUp(inTurn(PHASES.get()))
                .protocols(http.acceptHeader("application/json")
                        // Every answer must come from the suite, so there are no conditional requests and redirects.
                        .disableCaching()
                        .disableFollowRedirect()
                        .disableWarmUp());
    }

    private static PopulationBuilder inTurn(List<Phase> phases) {
        PopulationBuilder first = population(phases.getFirst());
        List<Phase> rest = phases.subList(1, phases.size());
        return rest.isEmpty() ? first : first.andThen(inTurn(rest));
    }

    private static PopulationBuilder population(Phase phase) {
        Load load = phase.load();
        return scenario(phase.title())
                // Remaining work of the previous phase, such as events, must not run in this phase.
                .pause(phase.pause())
                .exec(load.work(phase.requestTitle(), phase.duration(), phase.recorder()))
                .injectOpen(atOnceUsers(load.users()));
    }
}
