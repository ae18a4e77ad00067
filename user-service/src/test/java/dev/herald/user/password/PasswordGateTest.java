package dev.herald.user.password;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordGateTest {

    private static final Executor VIRTUAL = work -> Thread.ofVirtual().start(work);

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger working = new AtomicInteger();

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void letsTheWaitingOnesInWhenOthersAreDone() {
        PasswordGate gate = new PasswordGate(1, 1, ofSeconds(10));
        CompletableFuture<Integer> first = inBackground(gate);
        await().until(() -> working.get() == 1);
        CompletableFuture<Integer> second = inBackground(gate);

        released.countDown();

        assertThat(first.join()).isEqualTo(1);
        assertThat(second.join()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsBeyondTheQueue() {
        PasswordGate gate = new PasswordGate(1, 0, ofSeconds(10));
        CompletableFuture<Integer> first = inBackground(gate);
        await().until(() -> working.get() == 1);

        assertThatThrownBy(() -> gate.pass(working::incrementAndGet)).isInstanceOf(Overloaded.class);

        released.countDown();
        first.join();
        assertThat(gate.pass(() -> "next")).isEqualTo("next");
    }

    @Test
    void refusesWhatHasWaitedTooLong() {
        PasswordGate gate = new PasswordGate(1, 1, ofMillis(10));
        CompletableFuture<Integer> first = inBackground(gate);
        await().until(() -> working.get() == 1);

        assertThatThrownBy(() -> gate.pass(working::incrementAndGet)).isInstanceOf(Overloaded.class);

        released.countDown();
        first.join();
        assertThat(gate.pass(() -> "next")).isEqualTo("next");
    }

    @Test
    void hasRoomAgainAfterAFailure() {
        PasswordGate gate = new PasswordGate(1, 0, ofSeconds(10));
        Supplier<String> failing = () -> {
            throw new IllegalStateException("no database");
        };

        assertThatThrownBy(() -> gate.pass(failing)).hasMessage("no database");

        assertThat(gate.pass(() -> "next")).isEqualTo("next");
    }

    private CompletableFuture<Integer> inBackground(PasswordGate gate) {
        return CompletableFuture.supplyAsync(
                () -> gate.pass(() -> {
                    int number = working.incrementAndGet();
                    awaitRelease();
                    return number;
                }),
                VIRTUAL);
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
