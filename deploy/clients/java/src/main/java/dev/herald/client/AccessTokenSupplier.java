package dev.herald.client;

/**
 * The access token of the calls to Herald's API. A bean of this type replaces the account in {@code herald.client}; without
 * either, calls carry no token.
 */
@FunctionalInterface
public interface AccessTokenSupplier {

    String get();

    /** Called when Herald has refused a token, before the call is repeated with another one. */
    default void refused(String token) {}
}
