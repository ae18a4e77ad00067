package dev.herald.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Accounts that are created and deleted through the API, so that every service deletes their data. */
final class Accounts {

    /** Reserved for examples (RFC 2606). */
    private static final String DOMAIN = "account.bench.example";

    /**
     * Enough that neither the rate limit of a user (100 requests a second) nor a single row or cache entry limits the result.
     */
    private static final int COUNT = 128;

    /** The default page size. */
    private static final int POSTS = 20;

    private static final int THREADS = 4;

    private final Api userService;
    private final Api postService;
    private final Database database;
    private List<Account> opened = List.of();
    private List<UUID> written = List.of();

    record Account(UUID id, Credentials credentials) {}

    /** @param database of user-service */
    Accounts(Api userService, Api postService, Database database) {
        this.userService = userService;
        this.postService = postService;
        this.database = database;
    }

    /** A post of some lines. */
    static String newPost() {
        return Json.MAPPER.writeValueAsString(Map.of(
                "title",
                "Notes on the Analytical Engine",
                "content",
                "It might act upon other things besides number. ".repeat(6),
                "published",
                true));
    }

    /** A registration with a new address. */
    static String newRegistration() {
        return registration(newCredentials());
    }

    /** Every scenario uses the same accounts. */
    List<Account> all() throws InterruptedException {
        if (opened.isEmpty()) {
            opened = parallel(IntStream.range(0, COUNT)
                    .<Callable<Account>>mapToObj(number -> this::open)
                    .toList());
        }
        return opened;
    }

    /** A new access token for each account. */
    List<String> signIn() throws InterruptedException {
        return parallel(all().stream()
                .<Callable<String>>map(account -> () -> signIn(account.credentials()))
                .toList());
    }

    /**
     * A page of posts by each account, the same in every scenario.
     *
     * @param tokens of {@link #signIn}
     */
    List<UUID> posts(List<String> tokens) throws InterruptedException {
        if (written.isEmpty()) {
            written = parallel(tokens.stream()
                    .flatMap(token -> Collections.nCopies(POSTS, token).stream())
                    .<Callable<UUID>>map(token -> () -> write(token))
                    .toList());
        }
        return written;
    }

    String storedHash() throws InterruptedException, SQLException {
        return database.text(
                "select password_hash from users where id = ?", all().getFirst().id());
    }

    /** Deletes all accounts with their posts, also those of interrupted runs. */
    void closeAll(Credentials admin) throws IOException, InterruptedException, SQLException {
        List<UUID> ids = ids();
        if (ids.isEmpty()) {
            return;
        }
        String token = signIn(admin);
        parallel(ids.stream()
                .<Callable<UUID>>map(id -> () -> {
                    userService.delete("/api/users/" + id, token, 204);
                    return id;
                })
                .toList());
        opened = List.of();
        written = List.of();
    }

    private Account open() throws IOException, InterruptedException {
        Credentials credentials = newCredentials();
        String id = userService
                .post("/api/users", registration(credentials), 201)
                .path("id")
                .asString();
        return new Account(UUID.fromString(id), credentials);
    }

    private String signIn(Credentials credentials) throws IOException, InterruptedException {
        return userService
                .post("/api/auth/login", credentials.json(), 200)
                .path("accessToken")
                .asString();
    }

    private UUID write(String token) throws IOException, InterruptedException {
        return UUID.fromString(
                postService.post("/api/posts", token, newPost(), 201).path("id").asString());
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

    private static <T> List<T> parallel(List<Callable<T>> tasks) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<T> results = new ArrayList<>();
            for (Future<T> task : threads.invokeAll(tasks)) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchFailed failure
                    ? failure
                    : new BenchFailed("The suite does not serve: " + e.getCause());
        }
    }
}
