package dev.herald.benchmarks;

import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;

/** One of the loads that a scenario compares. */
interface Load {

    String name();

    /** How many virtual users carry it, each of whom waits for an answer before asking again: a closed model. */
    int users();

    /** What a virtual user does for that long. It is called inside a simulation, which Gatling's builders insist on. */
    ChainBuilder work(String title, Duration duration, Recorder recorder);
}
