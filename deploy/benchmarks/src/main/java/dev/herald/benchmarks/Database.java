package dev.herald.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

record Database(String url, String user, String password) {

    @FunctionalInterface
    interface Mapping<T> {

        T of(ResultSet row) throws SQLException;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    <T> List<T> rows(String query, Mapping<T> mapping, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(query)) {
            for (int index = 0; index < parameters.length; index++) {
                select.setObject(index + 1, parameters[index]);
            }
            ResultSet result = select.executeQuery();
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapping.of(result));
            }
            return rows;
        }
    }

    <T> T row(String query, Mapping<T> mapping, Object... parameters) throws SQLException {
        return rows(query, mapping, parameters).stream()
                .findFirst()
                .orElseThrow(() -> new BenchFailed("No row is found by: " + query));
    }

    long number(String query, Object... parameters) throws SQLException {
        return row(query, row -> row.getLong(1), parameters);
    }
}
