package dev.herald.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** Passes the lines of one SMTP session (RFC 5321) between a client and a server. Neither may pipeline. */
final class SmtpSession {

    private static final String LINE_END = "\r\n";
    private static final String MESSAGE_ID = "message-id:";
    private static final String RECIPIENT = "rcpt to:";

    private final BufferedReader fromClient;
    private final OutputStream toClient;
    private final BufferedReader fromServer;
    private final OutputStream toServer;
    private final Consumer<Evidence.Email> accepted;
    private String recipient = "";

    SmtpSession(Socket client, Socket server, Consumer<Evidence.Email> accepted) throws IOException {
        this.fromClient = reader(client);
        this.toClient = client.getOutputStream();
        this.fromServer = reader(server);
        this.toServer = server.getOutputStream();
        this.accepted = accepted;
    }

    /** Decodes as ISO 8859-1, which maps each byte to one character and back. */
    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    /**
     * Passes the lines until one side closes the connection.
     *
     * @throws IOException always, at the end of the connection
     */
    void hold() throws IOException {
        send(reply(), toClient);
        while (true) {
            String command = line(fromClient);
            if (command.toLowerCase(Locale.ROOT).startsWith(RECIPIENT)) {
                recipient = command.replaceFirst(".*<(.*)>.*", "$1");
            }
            send(command + LINE_END, toServer);
            String reply = reply();
            send(reply, toClient);
            if (reply.startsWith("354")) {
                passMessage();
            }
        }
    }

    private void passMessage() throws IOException {
        String messageId = "";
        boolean header = true;
        String line;
        do {
            line = line(fromClient);
            header = header && !line.isEmpty();
            if (header && line.toLowerCase(Locale.ROOT).startsWith(MESSAGE_ID)) {
                messageId = line.substring(MESSAGE_ID.length()).strip();
            }
            send(line + LINE_END, toServer);
        } while (!line.equals("."));
        String reply = reply();
        if (reply.startsWith("250")) {
            accepted.accept(new Evidence.Email(messageId, recipient, Instant.now()));
        }
        send(reply, toClient);
    }

    /** Reads a reply. All its lines but the last have a hyphen after the code. */
    private String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = line(fromServer);
            reply.append(line).append(LINE_END);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    private static String line(BufferedReader from) throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    private static void send(String text, OutputStream to) throws IOException {
        to.write(text.getBytes(ISO_8859_1));
        to.flush();
    }
}
