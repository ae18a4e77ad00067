package dev.herald.user.session;

import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.MalformedRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** The refresh token is a field of the body. */
record BodyTransport() implements TokenTransport {

    @Override
    public RefreshToken received(@Nullable RefreshRequest body) {
        if (body == null) {
            throw new MalformedRequest("The body is missing or cannot be read.");
        }
        if (body.refreshToken() == null) {
            throw new InvalidInput("refreshToken", InvalidValue.required());
        }
        return new RefreshToken(body.refreshToken());
    }

    @Override
    public void requireNoToken(byte @Nullable [] body, JsonMapper json) {}

    @Override
    public Optional<RefreshToken> cookie() {
        return Optional.empty();
    }

    @Override
    public ResponseEntity<Tokens> send(Tokens tokens) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens);
    }

    @Override
    public ResponseEntity<Void> forget() {
        return ResponseEntity.noContent().build();
    }
}
