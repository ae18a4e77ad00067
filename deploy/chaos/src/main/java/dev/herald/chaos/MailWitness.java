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
 * Stands between whoever sends emails and the SMTP server, and notes each one that the server accepts, before the sender hears
 * of it. The server keeps its mail in memory, so that its mailboxes die with it; what it has promised does not.
 */
public final class MailWitness implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket door;
    private final int server;
    private final Queue<Mail> accepted = new ConcurrentLinkedQueue<>();
    private final ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();

    private MailWitness(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /** Listens on a free port of the loopback address, and calls the server, there too, for everybody who comes. */
    public static MailWitness before(int server) throws IOException {
        MailWitness witness = new MailWitness(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), server);
        witness.conversations.execute(witness::welcome);
        return witness;
    }

    public int port() {
        return door.getLocalPort();
    }

    List<Mail> accepted() {
        return List.copyOf(accepted);
    }

    private void welcome() {
        try {
            while (true) {
                Socket client = door.accept();
                conversations.execute(() -> passOn(client));
            }
        } catch (IOException closed) {
            // Nobody comes any more.
        }
    }

    private void passOn(Socket client) {
        try (client;
                Socket called = new Socket(door.getInetAddress(), server)) {
            new SmtpConversation(client, called, accepted::add).hold();
        } catch (IOException gone) {
            // One of the two, as it happens here. The sender knows what to do.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        conversations.shutdownNow();
    }
}
