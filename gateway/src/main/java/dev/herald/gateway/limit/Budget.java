package dev.herald.gateway.limit;

/**
 * What one caller may spend.
 *
 * @param name of all budgets of its kind
 * @param caller an address or a user id
 */
record Budget(String name, Limit limit, String caller) {

    String key() {
        return "herald:limit:%s:%s".formatted(name, caller);
    }
}
