package dev.herald.user.session;

import dev.herald.platform.problem.InvalidInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

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
     * Checks the body of a logout.
     *
     * @param body may be anything unless the header is present
     * @throws InvalidInput if it contains the token although the header is present
     */
    void requireNoToken(byte @Nullable [] body, JsonMapper json);

    /** The token in the cookie; empty in body mode. */
    Optional<RefreshToken> cookie();

    ResponseEntity<Tokens> send(Tokens tokens);

    /** The response to a logout. */
    ResponseEntity<Void> forget();
}
