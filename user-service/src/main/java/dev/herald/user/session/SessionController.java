package dev.herald.user.session;

import dev.herald.platform.client.Client;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.user.password.PasswordGate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/auth")
@Tag(name = "Sessions", description = "Logging in, staying logged in, logging out")
class SessionController {

    private static final String COOKIE =
            "With the header `X-Herald-Token-Transport: cookie` the refresh token is not in the body but in a cookie that scripts "
                    + "cannot read; the page's origin must be an allowed one.";

    private final Login login;
    private final Refresh refresh;
    private final Sessions sessions;
    private final PasswordGate gate;
    private final JsonMapper json;

    SessionController(Login login, Refresh refresh, Sessions sessions, PasswordGate gate, JsonMapper json) {
        this.login = login;
        this.refresh = refresh;
        this.sessions = sessions;
        this.gate = gate;
        this.json = json;
    }

    @PostMapping("/login")
    @CookieHeader
    @Operation(
            summary = "Opens a session",
            description = "Needs no token. An unknown email and a wrong password are the same `invalid-credentials`. "
                    + "Where a verified address is required, an unverified one gets another link by mail. "
                    + COOKIE)
    @ProblemResponses({
        ProblemCode.INVALID_CREDENTIALS,
        ProblemCode.EMAIL_NOT_VERIFIED,
        ProblemCode.TOO_MANY_ATTEMPTS,
        ProblemCode.OVERLOADED
    })
    ResponseEntity<Tokens> logIn(
            @Parameter(hidden = true) TokenTransport transport,
            @Valid @RequestBody LoginRequest request,
            Client client) {
        return transport.send(gate.pass(() -> login.logIn(request.email(), request.password(), client)));
    }

    @PostMapping("/refresh")
    @CookieHeader
    @Operation(
            summary = "Gives a new pair of tokens for a refresh token",
            description =
                    "Needs no access token. The old refresh token stops working. For ten seconds it gives up to two pairs more, "
                            + "because answers get lost; using it after that, or when one of its pairs was refreshed, ends the session. "
                            + COOKIE)
    @ProblemResponses({ProblemCode.REFRESH_TOKEN_INVALID, ProblemCode.REFRESH_TOKEN_REUSED})
    ResponseEntity<Tokens> refresh(
            @Parameter(hidden = true) TokenTransport transport,
            @Valid @RequestBody(required = false) @Nullable RefreshRequest request,
            Client client) {
        return transport.send(refresh.refresh(transport.received(request), client));
    }

    @PostMapping("/logout")
    @CookieHeader
    @Operation(
            summary = "Ends the session",
            description =
                    "The session of the access token. Its tokens are refused within a second. With the header "
                            + "`X-Herald-Token-Transport: cookie` the session of the cookie ends too, and the cookie is deleted.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> logOut(
            @Parameter(hidden = true) TokenTransport transport,
            @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller) {
        transport.requireNoToken(body, json);
        sessions.end(caller.sessionId());
        transport.cookie().ifPresent(sessions::endSessionOf);
        return transport.forget();
    }
}
