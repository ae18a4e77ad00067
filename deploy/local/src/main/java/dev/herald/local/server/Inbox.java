package dev.herald.local.server;

import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Reads delivered emails with the API of the embedded SMTP server. */
public record Inbox(Settings settings) {

    public record Message(String messageId, String subject) {}

    /** The emails to an address; empty if there was none yet. */
    public List<Message> of(String address) throws InterruptedException {
        HttpResponse<String> response = Http.get(URI.create(url(address)));
        if (response.statusCode() != 200) {
            return List.of();
        }
        return JsonMapper.shared()
                .readTree(response.body())
                .valueStream()
                .map(message -> new Message(
                        message.path("Message-ID").asString(),
                        message.path("subject").asString()))
                .toList();
    }

    public String url(String address) {
        return settings.url(Port.INBOX, "/api/user/") + address + "/messages/INBOX";
    }
}
