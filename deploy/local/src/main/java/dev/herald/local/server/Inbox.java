package dev.herald.local.server;

import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the embedded SMTP server has received, as its API tells it. */
public record Inbox(Settings settings) {

    /** One email. */
    public record Message(String messageId, String subject) {}

    /** The emails to one address; none as well if the server has never heard of it. */
    public List<Message> of(String address) throws InterruptedException {
        HttpResponse<String> response = Http.get(URI.create(url(address)));
        if (response.statusCode() != 200) {
            return List.of();
        }
        JsonNode messages = JsonMapper.shared().readTree(response.body());
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> new Message(
                        message.path("Message-ID").asString(),
                        message.path("subject").asString()))
                .toList();
    }

    public String url(String address) {
        return settings.url(Port.INBOX, "/api/user/") + address + "/messages/INBOX";
    }
}
