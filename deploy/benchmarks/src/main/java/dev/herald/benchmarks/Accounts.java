package dev.herald.benchmarks;

import java.io.IOException;
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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts for the load. They are deleted through the API, so that every service deletes their data. */
final class Accounts {

    /** The domain of the accounts' addresses, reserved for examples (RFC 2606). */
    static final String DOMAIN = "account.bench.example";

    /** So many accounts that neither the rate limit of one user (100 requests a second) nor one row or cache entry limits the result. */
    private static final int COUNT = 128;

    /** The posts of each account: the default page size of a list. */
    private static final int POSTS = 20;

    private static final int THREADS = 4;

    private final Api userService;
    private final Api postService;
    private final Database database;
    private List<Account> opened = List.of();
    private List<String> written = List.of();

    record Account(String id, Credentials credentials) {}

    Accounts(Target target) {
        this.userService = new Api(target.userService());
        this.postService = new Api(target.postService());
        this.database = target.usersDatabase();
    }

    static String newPost() {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "title",
                        "Notes on the Analytical Engine",
                        "content",
                        "It might act upon other things besides number. ".repeat(6),
                        "published",
                        true));
    }

    static String newRegistration() {
        return registration(newCredentials());
    }

    /** The accounts, which the first caller creates. All scenarios use the same ones. */
    List<Account> all() throws InterruptedException {
        if (opened.isEmpty()) {
            opened = parallel(
                    Stream.generate(Accounts::newCredentials).limit(COUNT).toList(), this::open);
        }
        return opened;
    }

    List<String> paths() throws InterruptedException {
        return all().stream().map(account -> "/api/users/" + account.id()).toList();
    }

    /** Logs in to each account, and returns the access tokens. */
    List<String> signIn() throws InterruptedException {
        return parallel(all(), account -> signIn(account.credentials()));
    }

    /** Logs in to each account, and returns the refresh tokens. */
    List<String> refreshTokens() throws InterruptedException {
        return parallel(
                all(),
                account -> logIn(account.credentials()).path("refreshToken").asString());
    }

    /**
     * The ids of 20 posts of each account, which the first caller creates. All scenarios use the same ones.
     *
     * @param tokens the tokens of {@link #signIn}
     */
    List<String> posts(List<String> tokens) throws InterruptedException {
        if (written.isEmpty()) {
            List<String> authors = tokens.stream()
                    .flatMap(token -> Collections.nCopies(POSTS, token).stream())
                    .toList();
            written = parallel(authors, token -> id(postService.post("/api/posts", token, newPost(), 201)));
        }
        return written;
    }

    String storedHash() throws InterruptedException, SQLException {
        return database.row(
                "select password_hash from users where id = ?::uuid",
                row -> row.getString(1),
                all().getFirst().id());
    }

    /**
     * Inserts users directly, because hashing their passwords would take too long. They have no event and no valid password.
     *
     * @param prefix the beginning of their addresses
     * @return their addresses
     */
    List<String> insert(String prefix, int count) throws SQLException {
        return database.rows("""
                insert into users (id, name, email, email_key, password_hash, roles, created_at, updated_at, version)
                select id, 'Bench', email, email, '!', '{USER}', now(), now(), 0
                from (select id, ? || id || '@' || ? as email from (select uuidv7() as id from generate_series(1, ?))) inserted
                returning email
                """, row -> row.getString(1), prefix, DOMAIN, count);
    }

    /** Deletes all accounts with their posts, also those that an interrupted run left. */
    void closeAll(Credentials admin) throws IOException, InterruptedException, SQLException {
        List<String> ids =
                database.rows("select id from users where email like ?", row -> row.getString(1), "%@" + DOMAIN);
        if (ids.isEmpty()) {
            return;
        }
        String token = signIn(admin);
        parallel(ids, id -> userService.delete("/api/users/" + id, token));
        opened = List.of();
        written = List.of();
    }

    private Account open(Credentials credentials) throws IOException, InterruptedException {
        return new Account(id(userService.post("/api/users", registration(credentials), 201)), credentials);
    }

    private String signIn(Credentials credentials) throws IOException, InterruptedException {
        return logIn(credentials).path("accessToken").asString();
    }

    private JsonNode logIn(Credentials credentials) throws IOException, InterruptedException {
        return userService.post("/api/auth/login", credentials.json(), 200);
    }

    private static String id(JsonNode created) {
        return created.path("id").asString();
    }

    private static Credentials newCredentials() {
        return new Credentials(
                UUID.randomUUID() + "@" + DOMAIN, UUID.randomUUID().toString());
    }

    private static String registration(Credentials credentials) {
        return JsonMapper.shared()
                .writeValueAsString(
                        Map.of("name", "Bench", "email", credentials.email(), "password", credentials.password()));
    }

    @FunctionalInterface
    private interface Task<T, R> {

        R run(T item) throws IOException, InterruptedException;
    }

    private static <T, R> List<R> parallel(List<T> items, Task<T, R> task) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<R> results = new ArrayList<>();
            for (Future<R> each : threads.invokeAll(items.stream()
                    .<Callable<R>>map(item -> () -> task.run(item))
                    .toList())) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchFailed failure
                    ? failure
                    : new BenchFailed("The suite does not serve requests: " + e.getCause());
        }
    }
}
