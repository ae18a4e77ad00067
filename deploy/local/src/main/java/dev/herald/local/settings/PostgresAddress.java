package dev.herald.local.settings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;

/** The address of the PostgreSQL server, and an account that may create roles and databases. */
public record PostgresAddress(String url, String user, String password) {

    private static final Pattern SERVER_URL = Pattern.compile("(jdbc:postgresql://[^/?\\s]+)/?(\\?\\S*)?");

    static void requireServerUrl(String url) {
        if (!SERVER_URL.matcher(url).matches()) {
            throw new BadSetting("HERALD_POSTGRES_URL", url, "jdbc:postgresql://host:port, without a database");
        }
    }

    /** The URL of a database, with the parameters of the server URL. */
    public String database(String name) {
        return SERVER_URL.matcher(url).replaceFirst("$1/" + name + "$2");
    }

    public Connection connect() throws SQLException {
        return connect("postgres");
    }

    public Connection connect(String name) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(database(name), properties);
    }
}
