package dev.herald.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Accounts that the benchmark has opened through the API, which it also closes through the API, so that every service forgets them. */
final class Accounts {

    /** Reserved for examples (RFC 2606): no mail can reach it, and no one else has an account there. */
    private static final String DOMAIN = "account.bench.example";

    /**
     * So many that neither the limit on one user's requests (the gateway lets each have 100 a second) nor one row or one
     * cache entry is what is measured.
     */
    private static final int COUNT = 128;

    private static final int HANDS = 4;

    private final Api api;
    private final Database database;
    private List<Account> opened = List.of();

    record Account(UUID id, Credentials credentials) {}

    Accounts(Api api, Database database) {
        this.api = api;
        this.database = database;
    }

    /** A registration that no one has made yet. */
    static String newRegistration() {
        return registration(newCredentials());
    }

    /** The same accounts in every scenario. */
    List<Account> all() throws InterruptedException {
        if (opened.isEmpty()) {
            opened = together(IntStream.range(0, COUNT)
                    .<Callable<Account>>mapToObj(number -> this::open)
                    .toList());
        }
        return opened;
    }

    /** A fresh access token for each of them. */
    List<String> signIn() throws InterruptedException {
        return together(all().stream()
                .<Callable<String>>map(account -> () -> signIn(account.credentials()))
                .toList());
    }

    /** How a password is stored here. */
    String storedHash() throws InterruptedException, SQLException {
        return database.text(
                "select password_hash from users where id = ?", all().getFirst().id());
    }

    /** Closes all of them, and what broken runs have left. */
    void closeAll(Credentials admin) throws IOException, InterruptedException, SQLException {
        List<UUID> ids = ids();
        if (ids.isEmpty()) {
            return;
        }
        String token = signIn(admin);
        together(ids.stream()
                .<Callable<UUID>>map(id -> () -> {
                    api.delete("/api/users/" + id, token, 204);
                    return id;
                })
                .toList());
    }

    private Account open() throws IOException, InterruptedException {
        Credentials credentials = newCredentials();
        String id = api.post("/api/users", registration(credentials), 201)
                .path("id")
                .asString();
        return new Account(UUID.fromString(id), credentials);
    }

    private String signIn(Credentials credentials) throws IOException, InterruptedException {
        return api.post("/api/auth/login", credentials.json(), 200)
                .path("accessToken")
                .asString();
    }

    private static Credentials newCredentials() {
        return new Credentials(
                UUID.randomUUID() + "@" + DOMAIN, UUID.randomUUID().toString());
    }

    private static String registration(Credentials credentials) {
        return Json.MAPPER.writeValueAsString(
                Map.of("name", "Bench", "email", credentials.email(), "password", credentials.password()));
    }

    private List<UUID> ids() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("select id from users where email like ?")) {
            select.setString(1, "%@" + DOMAIN);
            List<UUID> ids = new ArrayList<>();
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            return ids;
        }
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException {
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            List<T> results = new ArrayList<>();
            for (Future<T> task : hands.invokeAll(tasks)) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchFailed failure
                    ? failure
                    : new BenchFailed("user-service does not serve: " + e.getCause());
        }
    }
}
