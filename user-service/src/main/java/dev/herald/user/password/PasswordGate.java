package dev.herald.user.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests that need a password hashed: a few work, some wait, further ones are refused. A request passes
 * the gate before it uses Redis or the database, so that a burst of logins does not slow down other requests.
 */
public class PasswordGate {

    private final Semaphore admitted;
    private final Semaphore working;
    private final Duration longestWait;

    PasswordGate(int working, int queue, Duration longestWait) {
        this.admitted = new Semaphore(working + queue);
        this.working = new Semaphore(working, true);
        this.longestWait = longestWait;
    }

    boolean isFull() {
        return admitted.availablePermits() == 0;
    }

    /**
     * Runs the work, at once or after waiting.
     *
     * @throws Overloaded if too many wait already, or the request has waited too long
     */
    public <T extends @Nullable Object> T pass(Supplier<T> work) {
        requireRoom(admitted.tryAcquire());
        try {
            requireRoom(awaitTurn());
            try {
                return work.get();
            } finally {
                working.release();
            }
        } finally {
            admitted.release();
        }
    }

    public void pass(Runnable work) {
        pass(() -> {
            work.run();
            return null;
        });
    }

    private boolean awaitTurn() {
        try {
            return working.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void requireRoom(boolean room) {
        if (!room) {
            throw new Overloaded();
        }
    }
}
