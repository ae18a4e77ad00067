package dev.herald.platform.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Background work on one virtual thread. A stop interrupts it. */
public abstract class BackgroundThread implements BackgroundWork {

    private final String name;
    private final Duration stopLimit;
    private volatile @Nullable Thread thread;

    /** @param stopLimit how long a stop waits for the thread to end */
    protected BackgroundThread(String name, Duration stopLimit) {
        this.name = name;
        this.stopLimit = stopLimit;
    }

    /** Works until the thread is interrupted. */
    protected abstract void run() throws InterruptedException;

    @Override
    public void start() {
        Thread started = Thread.ofVirtual().name(name).unstarted(this::runUntilInterrupted);
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
        running.interrupt();
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
