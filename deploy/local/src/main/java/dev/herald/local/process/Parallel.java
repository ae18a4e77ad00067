package dev.herald.local.process;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public final class Parallel {

    private Parallel() {}

    /** Returns when all are done; the first failure interrupts the others and is thrown. */
    public static void run(Work... works) throws InterruptedException {
        each(List.of(works), Work::run);
    }

    /** Runs one task for each item, as {@link #run} does. */
    public static <T> void each(List<T> items, WorkOn<? super T> work) throws InterruptedException {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            ExecutorCompletionService<T> running = new ExecutorCompletionService<>(threads);
            for (T item : items) {
                running.submit(() -> {
                    work.run(item);
                    return item;
                });
            }
            for (int done = 0; done < items.size(); done++) {
                try {
                    running.take().get();
                } catch (ExecutionException e) {
                    threads.shutdownNow();
                    throw unwrapped(e);
                }
            }
        }
    }

    /** A task throws no other checked exception. */
    private static RuntimeException unwrapped(ExecutionException wrapper) throws InterruptedException {
        if (wrapper.getCause() instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return wrapper.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(wrapper);
    }

    @FunctionalInterface
    public interface Work {
        public void run() throws InterruptedException;
    }

    @FunctionalInterface
    public interface WorkOn<T> {
        public void run(T item) throws InterruptedException;
    }
}
