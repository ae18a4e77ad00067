package dev.herald.local.settings;

/** The SMTP server. */
public record SmtpAddress(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
