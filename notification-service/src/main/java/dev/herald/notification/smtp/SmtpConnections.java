package dev.herald.notification.smtp;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.stereotype.Component;

/** A pool of connections to the mail server. Idle ones are kept for a second. */
@Component
public class SmtpConnections {

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

    public SmtpConnection take() {
        Idle latest = idle.pollLast();
        SmtpConnection connection = latest == null ? new SmtpConnection(server, settings) : latest.connection();
        inUse.add(connection);
        return connection;
    }

    public void giveBack(SmtpConnection connection) {
        inUse.remove(connection);
        if (connection.isOpen()) {
            idle.addLast(new Idle(connection, System.nanoTime()));
        }
    }

    public void closeIdle() {
        closeIdleFor(KEPT);
    }

    public void closeAllIdle() {
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

    public void abort() {
        inUse.forEach(SmtpConnection::abort);
    }
}
