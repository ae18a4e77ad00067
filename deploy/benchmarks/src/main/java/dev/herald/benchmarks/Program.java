package dev.herald.benchmarks;

import java.util.List;
import java.util.Map;

/** How a part of the suite is started, so that another like it can be. */
record Program(List<String> command, Map<String, String> environment) {}
