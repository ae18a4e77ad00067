package dev.herald.notification.smtp;

/** Whether the connection to the mail server is encrypted. With TLS, the server's certificate and its name are always checked. */
enum SmtpTls {
    REQUIRED,
    OPPORTUNISTIC,
    /** No STARTTLS. A password is refused, unless TLS is used from the first byte on. */
    NONE
}
