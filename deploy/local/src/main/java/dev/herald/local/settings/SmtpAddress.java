package dev.herald.local.settings;

public record SmtpAddress(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
