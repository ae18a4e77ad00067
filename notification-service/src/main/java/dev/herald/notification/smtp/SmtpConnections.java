package dev.herald.notification.email;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.stereotype.Component;

/** Connections to the mail server: those in use, and those kept for a moment for the next email. */
@Component
class SmtpConnections {

    private static final Duration KEPT = Duration.ofSeconds(1);

    private record Idle(SmtpConnection connection, long since) {}

    private final MailServer server;
    private final EmailSettings settings;
    private final Set<SmtpConnection> inUse = ConcurrentHashMap.newKeySet();
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

    SmtpConnections(MailServer server, EmailSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    SmtpConnection take() {
        Idle latest = idle.pollLast();
        SmtpConnection connection = latest == null ? new SmtpConnection(server, settings) : latest.connection();
        inUse.add(connection);
        return connection;
    }

    void giveBack(SmtpConnection connection) {
        inUse.remove(connection);
        if (connection.isOpen()) {
            idle.addLast(new Idle(connection, System.nanoTime()));
        }
    }

    /** Closes those that were not used for a while. */
    void closeIdle() {
        closeIdleFor(KEPT);
    }

    void closeAllIdle() {
        closeIdleFor(Duration.ZERO);
    }

    private void closeIdleFor(Duration kept) {
        Idle oldest = idle.pollFirst();
        while (oldest != null && System.nanoTime() - oldest.since() >= kept.toNanos()) {
            oldest.connection().close();
            oldest = idle.pollFirst();
        }
        if (oldest != null) {
            idle.addFirst(oldest);
        }
    }

    /** Ends every conversation that is under way. */
    void abort() {
        inUse.forEach(SmtpConnection::abort);
    }
}
