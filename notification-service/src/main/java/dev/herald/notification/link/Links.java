package dev.herald.notification.link;

import dev.herald.platform.jwe.JweCipher;
import dev.herald.platform.jwe.UnreadableJwe;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

@Component
@EnableConfigurationProperties(LinkSettings.class)
public class Links {

    private final JweCipher cipher;
    private final String pages;

    Links(LinkSettings settings) {
        this.cipher = new JweCipher(settings.emailSecret(), "HERALD_EMAIL_SECRET");
        this.pages = settings.pages().toString().replaceFirst("/+$", "");
    }

    /** @throws UnreadableJwe if the secret cannot be decrypted */
    public void requireReadable(String secret) {
        cipher.decrypt(secret);
    }

    /** @throws UnreadableJwe if the secret is not a JWE that one of the keys has encrypted */
    public String to(String page, String secret) {
        return pages + "/" + page + "?token=" + cipher.decrypt(secret);
    }
}
