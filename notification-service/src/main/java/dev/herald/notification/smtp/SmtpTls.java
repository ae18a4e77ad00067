package dev.herald.notification.smtp;

/** Whether the connection to the mail server is encrypted. With TLS, the server's certificate and its name are always checked. */
public enum SmtpTls {
    /** Nothing is sent without TLS. */
    REQUIRED,
    /** STARTTLS if the server offers it. */
    OPPORTUNISTIC,
    /** Plain, and without a password. */
    NONE
}
