package dev.herald.client;

import java.util.Optional;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Logs in and refreshes for {@link AccountSession}. These calls have no access token. */
@HttpExchange(SessionClient.PATH)
interface SessionClient {

    String PATH = "/api/auth";

    /**
     * @param expiresIn the lifetime of the access token in seconds
     * @param refreshToken empty only if the request asked for a cookie
     */
    record Tokens(String accessToken, long expiresIn, Optional<String> refreshToken) {}

    record LoginRequest(String email, String password) {}

    record RefreshRequest(String refreshToken) {}

    @PostExchange("/login")
    Tokens logIn(@RequestBody LoginRequest account);

    @PostExchange("/refresh")
    Tokens refresh(@RequestBody RefreshRequest session);
}
