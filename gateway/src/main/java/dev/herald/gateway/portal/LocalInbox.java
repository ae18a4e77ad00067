package dev.herald.gateway.portal;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/**
 * The developer's mail server, read through GreenMail's API. Throws {@code WebClientException} when it does not answer. It has a
 * mailbox for every address that a mail has come for.
 */
@Component
@Profile("local")
class LocalInbox {

    private static final int CONCURRENCY = 8;

    private final WebClient http;

    LocalInbox(PortalSettings settings) {
        this.http = WebClient.builder()
                .baseUrl(settings.inbox().toString())
                // Mails are small, but there may be many in a mailbox.
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                .build();
    }

    /** The mails of one address, in the order of their coming; none if the server has no such mailbox. */
    Flux<ReceivedMail> mailsTo(String address) {
        return http.get()
                .uri("/api/user/{address}/messages/INBOX", address)
                .retrieve()
                .bodyToFlux(JsonNode.class)
                .onErrorResume(WebClientResponseException.class, failure -> Flux.empty())
                .map(message -> ReceivedMail.of(
                        address,
                        message.path("uid").asString(),
                        message.path("mimeMessage").asString()));
    }

    /** The mails of up to so many mailboxes whose address contains a text. */
    Flux<ReceivedMail> mails(String addressPart, int mailboxes) {
        return http.get()
                .uri("/api/user")
                .retrieve()
                .bodyToFlux(JsonNode.class)
                .map(user -> user.path("email").asString())
                .filter(address -> address.contains(addressPart))
                .takeLast(mailboxes)
                .flatMap(this::mailsTo, CONCURRENCY);
    }
}
