package dev.herald.notification.email;

/** Whether the connection to the mail server is encrypted. Wherever TLS is used, the server's certificate and its name are checked. */
enum EmailTls {
    /** Nothing is sent without TLS. */
    REQUIRED,
    /** STARTTLS if the server offers it. */
    OPPORTUNISTIC,
    /** Plain, and without a password. */
    NONE
}
