package dev.herald.benchmarks;

import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;

interface Load {

    String name();

    /** The number of virtual users. Each waits for the answer before its next request (closed model). */
    int users();

    /** The requests of one virtual user. Only a Gatling simulation may call this method, as all builders of Gatling's DSL. */
    ChainBuilder work(String title, Duration duration, Recorder recorder);
}
