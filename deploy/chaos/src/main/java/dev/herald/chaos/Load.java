package dev.herald.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ten writes a second, however slow the answers are: three registrations, four posts, a new name, another text, and a post that
 * goes. Every 5 s one of the registrations uses a taken address, and one brings a post along; every 10 s a member leaves.
 */
final class Load implements AutoCloseable {

    private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);

    /** Where so many wait for an answer, the next one is not begun. */
    private static final int MOST_UNDER_WAY = 128;

    private static final int FIVE_SECONDS = 50;
    private static final int TEN_SECONDS = 100;

    /** Which writes of five seconds, and of ten, are special. */
    private static final int TAKEN_ADDRESS = 10;

    private static final int WITH_POST = 30;
    private static final int CHANGE_OF_GUARD = 99;

    private final Clients clients;
    private final List<Work> second;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong notBegun = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> mishap = new AtomicReference<>();

    /** Something that a client does. */
    @FunctionalInterface
    private interface Work {
        void begin() throws InterruptedException;
    }

    private Load(Clients clients) {
        this.clients = clients;
        second = List.of(
                clients::register,
                clients::post,
                clients::rename,
                clients::register,
                clients::post,
                clients::deletePost,
                clients::register,
                clients::post,
                clients::replacePost,
                clients::post);
    }

    static Load on(Clients clients) {
        Load load = new Load(clients);
        var _ = load.clock.scheduleAtFixedRate(load::tick, 0, BETWEEN_WRITES.toMillis(), TimeUnit.MILLISECONDS);
        return load;
    }

    /** How many writes were not begun, since too many were under way. */
    long notBegun() {
        return notBegun.get();
    }

    private void tick() {
        Work work = work(ticks.getAndIncrement());
        if (!free.tryAcquire()) {
            notBegun.incrementAndGet();
            return;
        }
        writers.execute(() -> {
            try {
                work.begin();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                mishap.compareAndSet(null, e);
            } finally {
                free.release();
            }
        });
    }

    private Work work(long tick) {
        if (tick % TEN_SECONDS == CHANGE_OF_GUARD) {
            return clients::changeGuard;
        }
        return switch ((int) (tick % FIVE_SECONDS)) {
            case TAKEN_ADDRESS -> clients::registerAgain;
            case WITH_POST -> clients::registerWithPost;
            default -> second.get((int) (tick % second.size()));
        };
    }

    /**
     * Begins nothing more, and waits for the writes that are under way.
     *
     * @throws RuntimeException if a client did not understand an answer
     */
    @Override
    public void close() {
        clock.shutdownNow();
        writers.close();
        RuntimeException happened = mishap.get();
        if (happened != null) {
            throw happened;
        }
    }
}
