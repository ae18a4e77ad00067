package dev.herald.client;

/**
 * Supplies the access token of calls to Herald's API. A bean of this type replaces the account in {@code herald.client}. Without a bean and
 * an account, calls have no token.
 */
@FunctionalInterface
public interface AccessTokenSupplier {

    String get();

    /** Called when Herald has refused a token with 401. The call is then repeated if {@link #get} returns another token. */
    default void refused(String token) {}
}
