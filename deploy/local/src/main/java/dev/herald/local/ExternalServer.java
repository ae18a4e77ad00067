package dev.herald.local;

/** A server that someone else runs, used instead of the embedded one. */
record ExternalServer(String name, String address, Probe probe) {}
