package dev.herald.client;

import java.util.List;
import java.util.Optional;

/** @param nextCursor the {@code cursor} of the next page; absent on the last one */
public record Page<T>(List<T> items, Optional<String> nextCursor) {}
