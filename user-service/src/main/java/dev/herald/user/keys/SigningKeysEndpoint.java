package dev.herald.user.keys;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/** {@code /actuator/signingkeys}: GET lists the keys, POST makes the next one now, DELETE withdraws one. */
@Component
@Endpoint(id = "signingkeys")
class SigningKeysEndpoint {

    private static final Logger log = LoggerFactory.getLogger(SigningKeysEndpoint.class);

    private final SigningKeys keys;
    private final KeyRotation rotation;
    private final WithdrawnKeyFeed feed;

    SigningKeysEndpoint(SigningKeys keys, KeyRotation rotation, WithdrawnKeyFeed feed) {
        this.keys = keys;
        this.rotation = rotation;
        this.feed = feed;
    }

    record Key(String kid, Instant createdAt, Instant signsFrom, boolean signs) {}

    /**
     * @param kid of the withdrawn key
     * @param signs the {@code kid} of the key that signs now
     * @param published whether Redis has stored the withdrawal; if not, it is repeated until Redis has
     */
    record Withdrawal(String kid, String signs, boolean published) {}

    @ReadOperation
    List<Key> show() {
        return keys.all().stream().map(this::describe).toList();
    }

    @WriteOperation
    Key rotate() {
        return describe(rotation.rotate());
    }

    /** 404 if the key is unknown, or no process accepts it any more. Can be repeated. */
    @DeleteOperation
    WebEndpointResponse<Withdrawal> withdraw(@Selector String kid) {
        if (!rotation.withdraw(kid)) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        log.warn("Signing key {} is withdrawn", kid);
        return new WebEndpointResponse<>(new Withdrawal(kid, keys.current().kid(), feed.publish()));
    }

    private Key describe(SigningKey key) {
        return new Key(
                key.kid(),
                key.createdAt(),
                key.signsFrom(),
                key.kid().equals(keys.current().kid()));
    }
}
