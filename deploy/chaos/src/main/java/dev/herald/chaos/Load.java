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
 * Begins ten writes a second, even if answers are slow: three registrations, four posts, one new name, one changed post and one deleted
 * post. Every 5 s one registration uses a taken address and one contains a post; every 10 s a user is replaced.
 */
final class Load implements AutoCloseable {

    private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);

    /** The highest number of writes in progress. Above it the next write is skipped. */
    private static final int MOST_UNDER_WAY = 128;

    private static final int FIVE_SECONDS = 50;
    private static final int TEN_SECONDS = 100;

    private static final int TAKEN_ADDRESS = 10;

    private static final int WITH_POST = 30;
    private static final int REPLACED_USER = 99;

    private final Clients clients;
    private final List<Work> second;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

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

    long skipped() {
        return skipped.get();
    }

    private void tick() {
        Work work = work(ticks.getAndIncrement());
        if (!free.tryAcquire()) {
            skipped.incrementAndGet();
            return;
        }
        writers.execute(() -> {
            try {
                work.begin();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                free.release();
            }
        });
    }

    private Work work(long tick) {
        if (tick % TEN_SECONDS == REPLACED_USER) {
            return clients::replaceUser;
        }
        return switch ((int) (tick % FIVE_SECONDS)) {
            case TAKEN_ADDRESS -> clients::registerAgain;
            case WITH_POST -> clients::registerWithPost;
            default -> second.get((int) (tick % second.size()));
        };
    }

    /** Stops the load, and waits for the writes in progress. */
    @Override
    public void close() {
        clock.shutdownNow();
        writers.close();
        RuntimeException happened = failure.get();
        if (happened != null) {
            throw happened;
        }
    }
}
