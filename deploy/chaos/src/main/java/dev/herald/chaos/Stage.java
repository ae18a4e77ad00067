package dev.herald.chaos;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A running suite, with what can be done to its components and where its evidence is found. */
public interface Stage {

    /** Ends a component without warning (SIGKILL). */
    void kill(Victim victim) throws InterruptedException;

    /** Freezes a component with all its processes (SIGSTOP). */
    void pause(Victim victim);

    /** Lets a frozen component go on (SIGCONT). */
    void resume(Victim victim);

    /** Ends a component in good order. */
    void stop(Victim victim) throws InterruptedException;

    /** Starts components together, those that others need first, unless they run, and returns when they are ready. */
    void start(List<Victim> victims) throws InterruptedException;

    boolean isRunning(Victim victim);

    /** The one door for clients. */
    URI gateway();

    /** Connects to a database of the suite's PostgreSQL, as somebody who may read everything there. */
    Connection database(String name) throws SQLException;

    /** Kafka's bootstrap servers. */
    String kafka();
}
