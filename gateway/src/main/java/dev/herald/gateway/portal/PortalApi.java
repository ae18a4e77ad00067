package dev.herald.gateway.portal;

import dev.herald.gateway.portal.console.ManagementClient;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The steps of a registration for the form on the start page: its events, from user-service's actuator, and its emails, from
 * the local mail server. Only in the profile {@code local}, because the requests need no token.
 */
@RestController
@Profile("local")
@RequestMapping(path = "/portal", produces = MediaType.APPLICATION_JSON_VALUE)
class PortalApi {

    private static final String OWNER_OF_USERS = "user-service";

    private final ManagementClient management;
    private final LocalInbox inbox;

    PortalApi(ManagementClient management, LocalInbox inbox) {
        this.management = management;
        this.inbox = inbox;
    }

    record Emails(List<Email> items) {}

    record Email(String source) {}

    @GetMapping("/events/{userId}")
    Mono<JsonNode> events(@PathVariable UUID userId) {
        return Mono.justOrEmpty(management.firstOf(OWNER_OF_USERS))
                .flatMap(instance -> management.get(instance, "/actuator/events/" + userId, JsonNode.class))
                .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE)));
    }

    @GetMapping("/emails/{address}")
    Mono<Emails> emails(@PathVariable String address) {
        return inbox.mailsTo(address)
                .map(mail -> new Email(mail.source()))
                .collectList()
                .map(Emails::new);
    }
}
