package dev.herald.user.session;

import dev.herald.platform.problem.InvalidInput;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Where the refresh token of a request and its response is: in the body or in a cookie. {@link TokenTransportArgument}
 * resolves it as a parameter of a controller's method.
 */
interface TokenTransport {

    /** Its only value is {@code cookie}; any other value is refused. */
    String HEADER = "X-Herald-Token-Transport";

    /** @throws InvalidInput if the token is absent from the body, or is in the body although the header is present */
    RefreshToken received(@Nullable RefreshRequest body);

    /**
     * Checks a body that nothing is read from.
     *
     * @param body is read beside the header only, because it may be anything without
     * @throws InvalidInput if it holds the token beside the header
     */
    void requireNoToken(Supplier<Optional<RefreshRequest>> body);

    /** The token in the cookie; empty in body mode. */
    Optional<RefreshToken> cookie();

    ResponseEntity<Tokens> send(Tokens tokens);

    /** The response to a logout. */
    ResponseEntity<Void> forget();
}
