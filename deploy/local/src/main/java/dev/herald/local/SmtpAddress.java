package dev.herald.local;

/** Where the SMTP server is. */
record SmtpAddress(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
