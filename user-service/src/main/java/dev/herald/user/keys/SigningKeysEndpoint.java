package dev.herald.user.keys;

import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/** {@code /actuator/signingkeys}: GET lists the keys, POST makes the next one now. */
@Component
@Endpoint(id = "signingkeys")
class SigningKeysEndpoint {

    private final SigningKeys keys;

    SigningKeysEndpoint(SigningKeys keys) {
        this.keys = keys;
    }

    record Key(String kid, Instant createdAt, Instant signsFrom, boolean signs) {}

    @ReadOperation
    List<Key> show() {
        return keys.all().stream().map(this::describe).toList();
    }

    @WriteOperation
    Key rotate() {
        return describe(keys.rotate());
    }

    private Key describe(SigningKey key) {
        return new Key(
                key.kid(),
                key.createdAt(),
                key.signsFrom(),
                key.kid().equals(keys.current().kid()));
    }
}
