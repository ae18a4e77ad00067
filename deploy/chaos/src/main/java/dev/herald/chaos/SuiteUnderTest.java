package dev.herald.chaos;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A running suite: injects faults into it, and gives access to its data. */
public interface SuiteUnderTest {

    void kill(Target target) throws InterruptedException;

    /** Pauses a component and its descendant processes (SIGSTOP). */
    void pause(Target target);

    void resume(Target target);

    /** Cuts a broker off from the other brokers, or a service from all brokers. */
    void cutOff(Target target) throws InterruptedException;

    void reconnect(Target target) throws InterruptedException;

    /** Kills the primary of PostgreSQL or Redis, and lets the other instance take over. */
    void failOver(Target target) throws InterruptedException;

    void stop(Target target) throws InterruptedException;

    /** Starts components that do not run, servers first, and returns when they are ready. */
    void start(List<Target> targets) throws InterruptedException;

    boolean isRunning(Target target);

    URI gateway();

    /** Connects to a database of the suite's PostgreSQL, with an account that may read all tables. */
    Connection database(String name) throws SQLException;

    String kafka();
}
