package dev.herald.notification.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The mail server of {@code spring.mail}, with the TLS of {@code herald.email.tls}. */
@Component
class MailServer {

    private final JavaMailSenderImpl mail;
    private final Session session;
    private final @Nullable String username;
    private final @Nullable String password;

    MailServer(JavaMailSenderImpl mail, EmailSettings settings) {
        this.mail = mail;
        this.username = given(mail.getUsername());
        this.password = given(mail.getPassword());
        this.session = session(mail, settings.tls());
    }

    private Session session(JavaMailSenderImpl mail, SmtpTls tls) {
        if (mail.getProtocol() != null && !mail.getProtocol().equals("smtp")) {
            throw new InvalidConfigurationPropertyValueException(
                    "spring.mail.protocol",
                    mail.getProtocol(),
                    "The protocol must be smtp. For TLS from the first byte on, set SPRING_MAIL_SSL_ENABLED to true.");
        }
        Properties properties = new Properties();
        properties.putAll(mail.getJavaMailProperties());
        boolean implicitTls = Boolean.parseBoolean(properties.getProperty("mail.smtp.ssl.enable"));
        if (tls == SmtpTls.NONE && password != null && !implicitTls) {
            throw new InvalidConfigurationPropertyValueException(
                    "herald.email.tls",
                    tls,
                    "SPRING_MAIL_PASSWORD would be sent on a plain connection. Set HERALD_EMAIL_TLS to required.");
        }
        // A password is never sent without TLS.
        boolean required = tls == SmtpTls.REQUIRED || password != null;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls != SmtpTls.NONE));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(required && !implicitTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return Session.getInstance(properties);
    }

    /** An empty environment variable counts as unset. */
    private static @Nullable String given(@Nullable String value) {
        return StringUtils.hasLength(value) ? value : null;
    }

    SmtpTransport connect(SmtpProgress progress) throws MessagingException {
        SmtpTransport transport = new SmtpTransport(session, progress);
        transport.connect(mail.getHost(), mail.getPort(), username, password);
        return transport;
    }
}
