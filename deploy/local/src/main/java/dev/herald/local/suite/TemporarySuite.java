package dev.herald.local.suite;

import dev.herald.local.process.Polling;
import dev.herald.local.server.ComponentFailed;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A suite for one task. It is stopped at the end of the task, or when this process ends. */
public record TemporarySuite(Suite suite) {

    @FunctionalInterface
    public interface Task<T> {
        T run() throws SQLException, InterruptedException;
    }

    @FunctionalInterface
    public interface End {
        void run() throws InterruptedException;
    }

    public <T> T run(Task<T> task, End end) throws InterruptedException {
        Thread worker = Thread.currentThread();
        AtomicBoolean ending = new AtomicBoolean();
        Thread hook = new Thread(() -> {
            ending.set(true);
            worker.interrupt();
            stop();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return task.run();
        } catch (SQLException e) {
            throw new ComponentFailed("postgres", "fails: " + e.getMessage(), List.of());
        } finally {
            if (ending.get()) {
                Polling.untilExit();
            }
            resumeAll();
            end.run();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stop() {
        resumeAll();
        try {
            suite.abandon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Resumes all components, because a paused process does not handle the signal to stop. */
    private void resumeAll() {
        suite.components().all().forEach(component -> suite.resume(component.name()));
    }
}
