package dev.herald.local.server;

/** A server of the user, instead of the embedded one. */
public record ExternalServer(String name, String address, Probe probe) {}
