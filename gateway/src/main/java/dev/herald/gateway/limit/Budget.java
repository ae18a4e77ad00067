package dev.herald.gateway.limit;

/**
 * The limit of one caller.
 *
 * @param name the kind of limit, such as {@code credentials}
 * @param caller an address or a user id
 */
record Budget(String name, Limit limit, String caller) {

    /** Contains the limit, because a stored bucket keeps the limit that it was created with. */
    String key() {
        return "herald:limit:%s:%d:%d:%s".formatted(name, limit.rate(), limit.burst(), caller);
    }
}
