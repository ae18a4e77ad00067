package dev.herald.client;

import java.util.List;
import java.util.Optional;

/** @param nextCursor the {@code cursor} of the next page; empty on the last page */
public record Page<T>(List<T> items, Optional<String> nextCursor) {}
