package dev.herald.local.server;

/** A server that someone else runs, used instead of the embedded one. */
public record ExternalServer(String name, String address, Probe probe) {}
