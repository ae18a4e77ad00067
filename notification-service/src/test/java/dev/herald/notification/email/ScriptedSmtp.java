package dev.herald.notification.email;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An SMTP server (RFC 5321) that takes every email, except where its script has another reply. It keeps the recipients. */
final class ScriptedSmtp implements AutoCloseable {

    /** What to a script is the command that asks for the greeting. */
    static final String CONNECT = "CONNECT";

    /** The reply of a server that hangs. */
    static final String SILENCE = "";

    /** What a server replies to a command such as {@code RCPT TO:<ada@example.com>}; the end of an email is the command {@code .}. */
    interface Script {

        /** @return the reply; null for that of a server in good order */
        @Nullable
        String reply(String command);
    }

    /** A server in good order that takes its time over each reply. */
    static Script slowly(Duration pause) {
        return command -> {
            LockSupport.parkNanos(pause.toNanos());
            return null;
        };
    }

    private final ServerSocket socket;
    private final Thread acceptor;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script script;

    /** @param port 0 for any */
    ScriptedSmtp(int port, Script script) {
        this.script = script;
        try {
            socket = new ServerSocket(port, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Of the emails that were accepted, in that order. */
    List<String> recipients() {
        return List.copyOf(recipients);
    }

    void follow(Script other) {
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
            // Closed.
        }
    }

    private void converse(Socket client) {
        try (client) {
            BufferedReader commands = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            String recipient = "";
            for (String command = CONNECT; command != null; command = commands.readLine()) {
                String reply = reply(command);
                if (!reply.equals(SILENCE)) {
                    client.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
                }
                if (command.startsWith("RCPT")) {
                    recipient = command.substring(command.indexOf('<') + 1, command.indexOf('>'));
                }
                if (reply.startsWith("354")) {
                    String line = commands.readLine();
                    while (line != null && !line.equals(".")) {
                        line = commands.readLine();
                    }
                    if (line == null) {
                        return;
                    }
                    String verdict = reply(".");
                    if (verdict.startsWith("250")) {
                        recipients.add(recipient);
                    }
                    client.getOutputStream().write((verdict + "\r\n").getBytes(US_ASCII));
                }
            }
        } catch (IOException e) {
            // The client hung up, or the server was closed.
        }
    }

    private String reply(String command) {
        String scripted = script.reply(command);
        if (scripted != null) {
            return scripted;
        }
        return switch (command) {
            case CONNECT -> "220 scripted";
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
            // Its port is free when nobody waits at it any more.
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
