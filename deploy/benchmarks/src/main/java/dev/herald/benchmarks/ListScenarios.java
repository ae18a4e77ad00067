package dev.herald.benchmarks;

import dev.herald.platform.paging.Cursor;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Measures pages of lists, to show whether many rows make them slower. */
final class ListScenarios {

    private static final int LIMIT = 20;
    private static final String FIRST_PAGE = "/api/users?limit=" + LIMIT;

    private ListScenarios() {}

    /** Compares the first and the last page of a million users. */
    static Scenario.Outcome users(Scenario scenario, Bench bench) throws Exception {
        List<String> tokens = bench.accounts().signIn();
        bench.userRows().load(Rows.MILLION);
        String lastPage = FIRST_PAGE + "&cursor=" + lastCursor(bench.target().usersDatabase());
        requireLast(bench.userService().get(lastPage, tokens.getFirst()));
        String service = bench.target().userService().toString();
        List<Measured> measured = bench.measure(
                scenario,
                bench.reading("list-users first page", service + FIRST_PAGE, tokens),
                bench.reading("list-users last page", service + lastPage, tokens));
        return new Scenario.Outcome(
                measured, List.of(Ratio.ofTimes(measured.get(1), measured.get(0), Aim.within(1.5))));
    }

    /** The cursor of the last page, made from the database: a client gets it only after reading all pages before. */
    private static String lastCursor(Database database) throws SQLException {
        return database
                .rows(
                        "select created_at, id from users order by created_at, id offset ? limit 1",
                        row -> Cursor.of(
                                        row.getObject(1, OffsetDateTime.class).toInstant(),
                                        row.getObject(2, UUID.class))
                                .encode(),
                        LIMIT)
                .stream()
                .findFirst()
                .orElseThrow(() -> new BenchFailed("There is only one page of users."));
    }

    /** Checks that the page is the last one, because the service did not make the cursor. */
    private static void requireLast(JsonNode page) {
        if (page.path("items").size() != LIMIT || page.has("nextCursor")) {
            throw new BenchFailed("The list of users has another order or another cursor than this benchmark knows.");
        }
    }

    /** Compares the first page of posts among a thousand posts and among a million. */
    static Scenario.Outcome posts(Scenario scenario, Bench bench) throws Exception {
        List<Measured> measured =
                measureWithPosts(scenario, bench, List.of(new PostList("list-posts", "/api/posts?limit=20")));
        return new Scenario.Outcome(
                measured, List.of(Ratio.ofTimes(measured.get(1), measured.get(0), Aim.within(1.5))));
    }

    /**
     * Compares the first page of authors with a thousand posts and with a million. Sorted by name, only the posts of 20 authors are
     * counted; sorted by number, all posts are.
     */
    static Scenario.Outcome authors(Scenario scenario, Bench bench) throws Exception {
        List<Measured> measured = measureWithPosts(
                scenario,
                bench,
                List.of(
                        new PostList("author-counts by name", "/api/authors?limit=20&sort=name"),
                        new PostList("author-counts by -postCount", "/api/authors?limit=20&sort=-postCount")));
        return new Scenario.Outcome(
                measured,
                List.of(
                        Ratio.ofTimes(measured.get(2), measured.get(0), Aim.within(1.5)),
                        // Has no aim, because counting all posts takes time in proportion to their number.
                        Ratio.ofTimes(measured.get(3), measured.get(1), Aim.NONE)));
    }

    private record PostList(String name, String path) {}

    /** Measures the lists with a thousand posts, then with a million. */
    private static List<Measured> measureWithPosts(Scenario scenario, Bench bench, List<PostList> lists)
            throws Exception {
        List<String> tokens = bench.accounts().signIn();
        // Loads the first data before the measurement, so that an error is reported here.
        bench.postRows().load(Rows.THOUSAND);
        long others = bench.postRows().others();
        return bench.measure(
                scenario,
                IntStream.of(Rows.THOUSAND, Rows.MILLION)
                        .boxed()
                        .flatMap(posts -> lists.stream()
                                .map(list -> new PreparedLoad(
                                        bench.reading(
                                                "%s, %,d posts".formatted(list.name(), posts + others),
                                                bench.target().postService() + list.path(),
                                                tokens),
                                        () -> bench.postRows().load(posts))))
                        .toArray(Load[]::new));
    }
}
