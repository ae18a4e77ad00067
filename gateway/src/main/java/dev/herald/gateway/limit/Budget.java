package dev.herald.gateway.limit;

/**
 * What one caller may spend.
 *
 * @param name of all budgets of its kind
 * @param caller an address or a user id
 */
record Budget(String name, Limit limit, String caller) {

    /** With the limit in it: Redis would keep the one that a bucket was made with. */
    String key() {
        return "herald:limit:%s:%d:%d:%s".formatted(name, limit.rate(), limit.burst(), caller);
    }
}
