package dev.herald.gateway.portal;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The API of the local mail server, GreenMail. Emits {@code WebClientException} if the server does not answer. */
@Component
@Profile("local")
class LocalInbox {

    private static final int CONCURRENCY = 8;

    private final WebClient http;

    LocalInbox(PortalSettings settings) {
        this.http = WebClient.builder()
                .baseUrl(settings.inbox().toString())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                .build();
    }

    /** Oldest first. */
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
