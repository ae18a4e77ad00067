package dev.herald.chaos;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A running suite: its faults, and the addresses of its data. */
public interface SuiteUnderTest {

    /** Kills a component (SIGKILL). */
    void kill(Target target) throws InterruptedException;

    /** Pauses a component with all its processes (SIGSTOP). */
    void pause(Target target);

    /** Resumes a paused component (SIGCONT). */
    void resume(Target target);

    /** Stops a component regularly. */
    void stop(Target target) throws InterruptedException;

    /** Starts components that do not run, servers first, and returns when they are ready. */
    void start(List<Target> targets) throws InterruptedException;

    boolean isRunning(Target target);

    URI gateway();

    /** Connects to a database of the suite's PostgreSQL, with an account that may read all tables. */
    Connection database(String name) throws SQLException;

    /** Kafka's bootstrap servers. */
    String kafka();
}
