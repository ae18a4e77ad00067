package dev.herald.client;

import java.util.Optional;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Sessions, for {@link AccountSession}: these calls carry no access token. */
@HttpExchange(SessionClient.PATH)
interface SessionClient {

    String PATH = "/api/auth";

    /**
     * @param expiresIn in seconds
     * @param refreshToken absent only if a cookie was asked for
     */
    record Tokens(String accessToken, long expiresIn, Optional<String> refreshToken) {}

    record LoginRequest(String email, String password) {}

    record RefreshRequest(String refreshToken) {}

    @PostExchange("/login")
    Tokens logIn(@RequestBody LoginRequest account);

    @PostExchange("/refresh")
    Tokens refresh(@RequestBody RefreshRequest session);
}
