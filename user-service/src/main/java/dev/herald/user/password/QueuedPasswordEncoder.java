package dev.herald.user.password;

import dev.herald.platform.observability.Traces;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes on separate platform threads, because a hash occupies a core and 19 MiB of memory until it is done: on the
 * requests' virtual threads it would delay all other requests. Refuses a hash if the queue of these threads is full.
 */
class QueuedPasswordEncoder implements PasswordEncoder {

    private final PasswordEncoder encoder;
    private final Executor threads;
    private final Traces traces;

    QueuedPasswordEncoder(PasswordEncoder encoder, Executor threads, Traces traces) {
        this.encoder = encoder;
        this.threads = threads;
        this.traces = traces;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return queued(() -> encoder.encode(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        return queued(() -> encoder.matches(password, hash));
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T extends @Nullable Object> T queued(Supplier<T> hash) {
        try {
            return traces.span(
                    "password hash",
                    () -> CompletableFuture.supplyAsync(hash, threads).join());
        } catch (RejectedExecutionException e) {
            throw new Overloaded();
        }
    }
}
