package dev.herald.platform.client;

import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, as a parameter of a controller's method.
 *
 * @param userAgent the header {@code User-Agent}, shortened; null if there is none
 */
public record Client(ClientNetwork network, @Nullable String userAgent) {}
