package dev.herald.local.server;

/** The user's own server, which replaces an embedded one. */
public record ExternalServer(String name, String address, Probe probe) {}
