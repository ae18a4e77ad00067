package dev.herald.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles the header {@code Idempotency-Key}: stores the first response in the transaction of its write, and returns it
 * again to requests with the same caller, method, path, key and body. A failed request stores nothing.
 */
public final class Idempotency {

    static final String REPLAYED = "Idempotency-Replayed";

    private static final String MAC = "HmacSHA256";

    private final StoredAnswers answers;
    private final SecretKey key;
    private final TransactionOperations transactions;
    private final JsonMapper json;
    private final Clock clock;

    Idempotency(
            StoredAnswers answers, SecretKey key, TransactionOperations transactions, JsonMapper json, Clock clock) {
        this.answers = answers;
        this.key = key;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Carries out the current request, or returns the stored response of an earlier request with the same key.
     *
     * @param body is compared with the first request's body
     * @param prepare slow work, which runs outside of the transaction
     * @param write runs once, in a transaction if the request has a key
     * @throws IdempotencyKeyReused if an earlier request with the key had another body
     * @throws IdempotencyKeyInUse if a request with the key is still running
     */
    public <P, T> ResponseEntity<T> once(Object body, Supplier<P> prepare, Function<P, ResponseEntity<T>> write) {
        Optional<IdempotencyKey> sent = IdempotencyKey.of(currentRequest());
        if (sent.isEmpty()) {
            return write.apply(prepare.get());
        }
        IdempotencyKey scope = sent.get();
        String fingerprint = fingerprint(body);
        Optional<StoredAnswer> known = answers.find(scope);
        if (known.isPresent()) {
            return replay(known.get(), fingerprint);
        }
        P prepared = prepare.get();
        return transactions.execute(transaction -> {
            if (!answers.tryLock(scope)) {
                throw new IdempotencyKeyInUse();
            }
            // Another request with the key may have finished since the first {@code find}.
            return answers.find(scope)
                    .map(answer -> Idempotency.<T>replay(answer, fingerprint))
                    .orElseGet(() -> keep(scope, fingerprint, write.apply(prepared)));
        });
    }

    private <T> ResponseEntity<T> keep(IdempotencyKey scope, String fingerprint, ResponseEntity<T> response) {
        HttpHeaders headers = response.getHeaders();
        answers.add(
                scope,
                new StoredAnswer(
                        fingerprint,
                        response.getStatusCode().value(),
                        headers.getFirst(HttpHeaders.LOCATION),
                        headers.getETag(),
                        json.writeValueAsString(response.getBody())),
                clock.instant());
        return response;
    }

    /** Returns the stored JSON unchanged, because another release may have written it with other fields. */
    @SuppressWarnings("unchecked") // The body goes to a converter, which writes bytes as they are.
    private static <T> ResponseEntity<T> replay(StoredAnswer answer, String fingerprint) {
        if (!answer.fingerprint().equals(fingerprint)) {
            throw new IdempotencyKeyReused();
        }
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(answer.status()).header(REPLAYED, "true");
        addIfPresent(response, HttpHeaders.LOCATION, answer.location());
        addIfPresent(response, HttpHeaders.ETAG, answer.etag());
        return (ResponseEntity<T>) response.body(answer.body().getBytes(UTF_8));
    }

    private static void addIfPresent(ResponseEntity.BodyBuilder response, String name, @Nullable String value) {
        if (value != null) {
            response.header(name, value);
        }
    }

    private String fingerprint(Object body) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(json.writeValueAsBytes(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServletRequest currentRequest() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
