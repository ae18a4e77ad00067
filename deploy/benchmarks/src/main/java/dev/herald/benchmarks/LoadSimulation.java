package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.List;

/** The phases of one scenario, one after the other. Gatling makes this object itself, hence the scoped value. */
public final class LoadSimulation extends Simulation {

    static final ScopedValue<List<Phase>> PHASES = ScopedValue.newInstance();

    public LoadSimulation() {
        setUp(inTurn(PHASES.get()))
                .protocols(http.acceptHeader("application/json")
                        // Every answer is to be made by the suite: no conditional requests, no redirects.
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
                // What the phase before has left to do, events above all, is not to be done in this one.
                .pause(phase.pause())
                .exec(load.work(phase.requestTitle(), phase.duration(), phase.recorder()))
                .injectOpen(atOnceUsers(load.users()));
    }
}
