package dev.herald.local.process;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public final class Parallel {

    private Parallel() {}

    /** Runs tasks in parallel, and returns when all have ended. The first failure interrupts the other tasks and is thrown. */
    public static void run(Work... works) throws InterruptedException {
        each(List.of(works), Work::run);
    }

    /** Runs the task for each item in parallel, like {@link #run}. */
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

    /** {@code InterruptedException} is the only checked exception of a task. */
    private static RuntimeException unwrapped(ExecutionException wrapper) throws InterruptedException {
        if (wrapper.getCause() instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return wrapper.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(wrapper);
    }

    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    @FunctionalInterface
    public interface WorkOn<T> {
        void run(T item) throws InterruptedException;
    }
}
