package dev.herald.platform.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

public abstract class BackgroundThread implements BackgroundWork {

    private final Thread.Builder builder;
    private final Duration stopLimit;
    private volatile @Nullable Thread thread;

    /** @param stopLimit how long a stop waits for the thread to end */
    protected BackgroundThread(Thread.Builder builder, Duration stopLimit) {
        this.builder = builder;
        this.stopLimit = stopLimit;
    }

    /** Does the work until the thread is interrupted or {@link #isRunning} is false. */
    protected abstract void run() throws InterruptedException;

    /**
     * Makes the thread end by an interrupt. A subclass whose work must not be interrupted overrides this method, and
     * checks {@link #isRunning} instead.
     */
    protected void end(Thread running) {
        running.interrupt();
    }

    @Override
    public void start() {
        Thread started = builder.unstarted(this::runUntilInterrupted);
        thread = started;
        started.start();
    }

    private void runUntilInterrupted() {
        try {
            run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        end(running);
        try {
            running.join(stopLimit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
