package dev.herald.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A PostgreSQL with TLS, whose only client is one role in one database. */
public final class SecuredPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    /** @param rules the lines of {@code pg_hba.conf} */
    public SecuredPostgres(ServerCertificate certificate, String role, String database, List<String> rules)
            throws IOException, SQLException {
        Path data = certificate.folder().resolve("postgres");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.certificate().toString())
                .setServerConfig("ssl_key_file", certificate.key().toString())
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role %s login password '%s'".formatted(role, ServerCertificate.PASSWORD));
            statement.execute("create database %s owner %s".formatted(database, role));
            Files.write(data.resolve("pg_hba.conf"), rules);
            statement.execute("select pg_reload_conf()");
        }
    }

    public String address() {
        return "localhost:" + server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
