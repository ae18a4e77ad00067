package dev.herald.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the proxy between a client and a server that the test itself is. */
class SmtpProxyTest {

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final SmtpProxy proxy = SmtpProxy.before("127.0.0.1", listener.getLocalPort());
    private final End client = new End(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
    private final End server = new End(listener.accept());

    SmtpProxyTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listener.close();
    }

    @Test
    void recordsWhatTheServerAccepts() throws IOException {
        deliver("250 OK");

        assertThat(proxy.accepted())
                .extracting(Evidence.Email::messageId, Evidence.Email::recipient)
                .containsExactly(tuple("<e1@herald.example>", "ada@example.com"));
        client.says("QUIT");
        server.hears("QUIT");
    }

    @Test
    void recordsNothingThatTheServerRefuses() throws IOException {
        deliver("452 Insufficient storage");

        assertThat(proxy.accepted()).isEmpty();
    }

    @Test
    void recordsBeforeTheClientReceivesTheAnswer() throws IOException {
        write();
        client.socket.close();
        server.says("250 OK");

        await().until(() -> !proxy.accepted().isEmpty());
    }

    @Test
    void closesTheConnectionWhenTheServerDoes() throws IOException {
        write();
        server.socket.close();

        assertThat(client.reader.readLine()).isNull();
        assertThat(proxy.accepted()).isEmpty();
    }

    private void deliver(String reply) throws IOException {
        write();
        server.says(reply);
        client.hears(reply);
    }

    /** A message whose text contains a line that looks like a header. */
    private void write() throws IOException {
        server.says("220 here");
        client.hears("220 here");
        client.says("EHLO there");
        server.hears("EHLO there");
        server.says("250-here\r\n250 8BITMIME");
        client.hears("250-here");
        client.hears("250 8BITMIME");
        client.says("RCPT TO:<ada@example.com>");
        server.hears("RCPT TO:<ada@example.com>");
        server.says("250 OK");
        client.hears("250 OK");
        client.says("DATA");
        server.hears("DATA");
        server.says("354 go on");
        client.hears("354 go on");
        String message = "Message-ID: <e1@herald.example>\r\n\r\nMessage-ID: <text@herald.example>\r\n.";
        client.says(message);
        for (String line : message.split("\r\n", -1)) {
            server.hears(line);
        }
    }

    private static final class End {

        private final Socket socket;
        private final BufferedReader reader;

        End(Socket socket) throws IOException {
            this.socket = socket;
            this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        void says(String text) throws IOException {
            socket.getOutputStream().write((text + "\r\n").getBytes(US_ASCII));
        }

        void hears(String line) throws IOException {
            assertThat(reader.readLine()).isEqualTo(line);
        }
    }
}
