package dev.herald.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.observability.Traces;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.crypto.password.PasswordEncoder;

class QueuedPasswordEncoderTest {

    private final CountDownLatch released = new CountDownLatch(1);

    private final ThreadPoolTaskExecutor threads = threads();

    private final PasswordEncoder passwords = new QueuedPasswordEncoder(new Waiting(), threads, Traces.none());

    /** Hashes nothing until it is released. */
    private final class Waiting implements PasswordEncoder {

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "hash of " + password;
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            throw new IllegalArgumentException("no hash");
        }
    }

    private static ThreadPoolTaskExecutor threads() {
        ThreadPoolTaskExecutor threads =
                new PasswordConfiguration().hashingThreads(new PasswordSettings(1024, 1, 1, 2, 3));
        threads.initialize();
        return threads;
    }

    @AfterEach
    void release() {
        released.countDown();
        threads.shutdown();
    }

    @Test
    void refusesAHashBeyondItsQueueOnly() {
        List<CompletableFuture<String>> accepted = List.of(hash(1), hash(2), hash(3), hash(4), hash(5));
        await().until(() -> threads.getQueueSize() == 3);

        assertThatThrownBy(() -> passwords.encode("6")).isInstanceOf(Overloaded.class);

        released.countDown();
        assertThat(accepted.stream().map(CompletableFuture::join))
                .containsExactly("hash of 1", "hash of 2", "hash of 3", "hash of 4", "hash of 5");
        assertThat(passwords.encode("7")).isEqualTo("hash of 7");
    }

    private CompletableFuture<String> hash(int password) {
        CompletableFuture<String> hash = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> hash.complete(passwords.encode(Integer.toString(password))));
        return hash;
    }
}
