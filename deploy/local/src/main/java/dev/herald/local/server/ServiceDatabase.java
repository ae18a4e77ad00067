package dev.herald.local.server;

import dev.herald.local.settings.PostgresAddress;
import dev.herald.local.settings.Settings;
import java.util.Map;

/** The database of one service, and the role that owns it. */
public record ServiceDatabase(String name, String role) {

    public static final ServiceDatabase USERS = new ServiceDatabase("users", "user_service");
    public static final ServiceDatabase POSTS = new ServiceDatabase("posts", "post_service");
    public static final ServiceDatabase NOTIFICATIONS = new ServiceDatabase("notifications", "notification_service");

    public Map<String, String> environment(PostgresAddress server) {
        return Map.of(
                "SPRING_DATASOURCE_URL",
                server.database(name),
                "SPRING_DATASOURCE_USERNAME",
                role,
                "SPRING_DATASOURCE_PASSWORD",
                Settings.LOCAL_PASSWORD);
    }
}
