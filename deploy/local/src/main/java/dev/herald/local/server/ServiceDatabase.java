package dev.herald.local.server;

import dev.herald.local.settings.PostgresAddress;
import dev.herald.local.settings.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

public record ServiceDatabase(String name, String role) {

    public static final ServiceDatabase USERS = new ServiceDatabase("users", "user_service");
    public static final ServiceDatabase POSTS = new ServiceDatabase("posts", "post_service");
    public static final ServiceDatabase NOTIFICATIONS = new ServiceDatabase("notifications", "notification_service");
    public static final List<ServiceDatabase> ALL = List.of(USERS, POSTS, NOTIFICATIONS);

    public Map<String, String> environment(PostgresAddress server) {
        return Map.of(
                "SPRING_DATASOURCE_URL",
                server.database(name),
                "SPRING_DATASOURCE_USERNAME",
                role,
                "SPRING_DATASOURCE_PASSWORD",
                Settings.LOCAL_PASSWORD);
    }

    public static void createMissing(PostgresAddress server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (ServiceDatabase database : ALL) {
                if (!exists(connection, "select from pg_roles where rolname = ?", database.role)) {
                    statement.execute(
                            "create role %s login password '%s'".formatted(database.role, Settings.LOCAL_PASSWORD));
                    // Only a member of a role can create a database that the role owns.
                    statement.execute("grant %s to current_user".formatted(database.role));
                }
                if (!exists(connection, "select from pg_database where datname = ?", database.name)) {
                    statement.execute("create database %s owner %s".formatted(database.name, database.role));
                    statement.execute("revoke connect on database %s from public".formatted(database.name));
                }
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }
}
