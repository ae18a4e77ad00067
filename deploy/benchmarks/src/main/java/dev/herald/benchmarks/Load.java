package dev.herald.benchmarks;

import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;

interface Load {

    String name();

    /** The number of virtual users; each waits for an answer before the next request (closed model). */
    int users();

    /** The requests of a virtual user. Gatling requires that a simulation calls this method. */
    ChainBuilder work(String title, Duration duration, Recorder recorder);
}
