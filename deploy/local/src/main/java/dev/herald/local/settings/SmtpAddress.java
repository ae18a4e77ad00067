package dev.herald.local.settings;

/** Where the SMTP server is. */
public record SmtpAddress(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
