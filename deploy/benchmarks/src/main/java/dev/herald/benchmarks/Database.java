package dev.herald.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of a service, with the role of the service. */
record Database(String url, String user, String password) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /**
     * @throws BenchFailed if the query finds nothing
     */
    String text(String query, Object parameter) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, parameter);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                throw new BenchFailed("Nothing is found by: " + query);
            }
            return row.getString(1);
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(query);
            row.next();
            return row.getLong(1);
        }
    }
}
