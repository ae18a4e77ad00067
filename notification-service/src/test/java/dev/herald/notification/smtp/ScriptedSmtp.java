package dev.herald.notification.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server (RFC 5321) that accepts every email unless its script has another reply. It records the recipients.
 */
public final class ScriptedSmtp implements AutoCloseable {

    /** The command that stands for the greeting in a script. */
    public static final String CONNECT = "CONNECT";

    /** The command that stands for the end of a connection in a script; its reply is not sent. */
    public static final String END = "END";

    /** The reply of a server that hangs. */
    public static final String SILENCE = "";

    /** The reply of a server that closes the connection. */
    public static final String CLOSE = "CLOSE";

    /**
     * Chooses the reply to a command such as {@code RCPT TO:<ada@example.com>}; the command {@code .} is the end of an
     * email.
     */
    public interface Script {

        /** @return the reply; null for the usual one */
        @Nullable
        String reply(String command);
    }

    /** A server that accepts everything, but delays each reply. */
    public static Script slowly(Duration pause) {
        return command -> {
            LockSupport.parkNanos(pause.toNanos());
            return null;
        };
    }

    private final ServerSocket socket;
    private final @Nullable SSLContext tls;
    private final boolean implicitTls;
    private final Thread acceptor;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script script;

    /** @param port 0 for any free port */
    public ScriptedSmtp(int port, Script script) {
        this(port, script, null);
    }

    /**
     * @param port 0 for any free port
     * @param tls for STARTTLS, which the server then offers
     */
    public ScriptedSmtp(int port, Script script, @Nullable SSLContext tls) {
        this(port, script, tls, false);
    }

    /** Encrypted from the first byte on. */
    public static ScriptedSmtp encrypted(Script script, SSLContext tls) {
        return new ScriptedSmtp(0, script, tls, true);
    }

    private ScriptedSmtp(int port, Script script, @Nullable SSLContext tls, boolean implicitTls) {
        this.script = script;
        this.tls = tls;
        this.implicitTls = implicitTls;
        try {
            socket = new ServerSocket(port, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** The number of open connections. */
    public int open() {
        return (int) open.stream().filter(client -> !client.isClosed()).count();
    }

    /** The recipients of the accepted emails, in that order. */
    public List<String> recipients() {
        return List.copyOf(recipients);
    }

    /** The recipients of all messages that were received completely, whether or not they were accepted. */
    public List<String> received() {
        return List.copyOf(received);
    }

    /** All commands; those that came encrypted begin with {@code tls:}. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    public void follow(Script other) {
        script = other;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                connections.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().start(() -> converse(client));
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }

    private void converse(Socket client) {
        try (client) {
            converse(implicitTls ? encrypted(client) : client, CONNECT);
        } catch (IOException e) {
            // The client closed the connection, or the server was closed.
        } finally {
            script.reply(END);
        }
    }

    /** @param first the first reply of the conversation; empty after STARTTLS */
    private void converse(Socket client, @Nullable String first) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        String recipient = "";
        for (String command = first == null ? input.readLine() : first; command != null; command = input.readLine()) {
            commands.add(client instanceof SSLSocket ? "tls:" + command : command);
            if (command.startsWith("RCPT")) {
                recipient = command.substring(command.indexOf('<') + 1, command.indexOf('>'));
            }
            String reply = reply(command);
            if (!answer(client, reply)) {
                return;
            }
            if (command.equals("STARTTLS") && reply.startsWith("220")) {
                converse(encrypted(client), null);
                return;
            }
            if (reply.startsWith("354")) {
                String line = input.readLine();
                while (line != null && !line.equals(".")) {
                    line = input.readLine();
                }
                if (line == null) {
                    return;
                }
                received.add(recipient);
                String verdict = reply(".");
                if (verdict.startsWith("250")) {
                    recipients.add(recipient);
                }
                if (!answer(client, verdict)) {
                    return;
                }
            }
        }
    }

    private SSLSocket encrypted(Socket client) throws IOException {
        SSLSocket encrypted = (SSLSocket)
                Objects.requireNonNull(tls).getSocketFactory().createSocket(client, null, client.getPort(), true);
        encrypted.setUseClientMode(false);
        return encrypted;
    }

    /** @return whether the connection stays open */
    private static boolean answer(Socket client, String reply) throws IOException {
        if (!reply.equals(SILENCE) && !reply.equals(CLOSE)) {
            client.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
        }
        return !reply.equals(CLOSE);
    }

    private String reply(String command) {
        String scripted = script.reply(command);
        if (scripted != null) {
            return scripted;
        }
        if (command.startsWith("EHLO") && tls != null && !implicitTls) {
            return "250-scripted\r\n250 STARTTLS";
        }
        return switch (command) {
            case CONNECT, "STARTTLS" -> "220 scripted";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 scripted";
        };
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : open) {
                client.close();
            }
            // The port is free after the last accept has ended.
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
