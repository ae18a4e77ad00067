package dev.herald.notification.smtp;

/** Whether the connection to the mail server is encrypted. With TLS, the server's certificate and its name are always checked. */
enum SmtpTls {
    REQUIRED,
    OPPORTUNISTIC,
    /** Plain, and without a password. */
    NONE
}
