package dev.herald.benchmarks;

import java.util.List;
import java.util.Map;

/** The command and environment of a service, to start another like it. */
record Program(List<String> command, Map<String, String> environment) {}
