package dev.herald.platform.client;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as the parameter of a controller's method.
 *
 * @param userAgent the header {@code User-Agent}, shortened; null if there is none
 */
public record Client(ClientNetwork network, @Nullable String userAgent) {}
