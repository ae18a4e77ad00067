package dev.herald.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy in front of the SMTP server. It records each email that the server accepts, before the sender receives the answer: the server
 * keeps its mailboxes in memory, and loses them when it is killed.
 */
public final class SmtpProxy implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final int server;
    private final Queue<Evidence.Email> accepted = new ConcurrentLinkedQueue<>();
    private final ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor();

    private SmtpProxy(ServerSocket listener, int server) {
        this.listener = listener;
        this.server = server;
    }

    /** Listens on a free port of the address, and connects each client to the server on the given port. */
    public static SmtpProxy before(String address, int server) throws IOException {
        SmtpProxy proxy = new SmtpProxy(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(address)), server);
        proxy.sessions.execute(proxy::acceptConnections);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    List<Evidence.Email> accepted() {
        return List.copyOf(accepted);
    }

    private void acceptConnections() {
        try {
            while (true) {
                Socket client = listener.accept();
                sessions.execute(() -> passOn(client));
            }
        } catch (IOException closed) {
            // close() closed the listener.
        }
    }

    private void passOn(Socket client) {
        try (client;
                Socket called = new Socket(listener.getInetAddress(), server)) {
            new SmtpSession(client, called, accepted::add).hold();
        } catch (IOException gone) {
            // The client or the server closed the connection. notification-service sends the email again.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sessions.shutdownNow();
    }
}
