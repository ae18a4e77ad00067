package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.substring;

import java.util.List;

/** A user with posts in one answer, beside the slower of its two parts. */
final class UserWithPosts implements Scenario {

    /** One user only: on busy cores, two parallel calls take as long as two in sequence. */
    private static final int USERS = 1;

    @Override
    public String name() {
        return "user-with-posts";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> accessTokens = bench.accounts().signIn();
        bench.accounts().posts(accessTokens);
        RoundRobin<String> tokens = new RoundRobin<>(accessTokens);
        RoundRobin<String> paths = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> "/api/users/" + account.id())
                .toList());
        String userService = bench.target().userService().toString();
        String postService = bench.target().postService().toString();

        List<Measured> measured = bench.measure(
                this,
                Requests.reading("the user alone", USERS, () -> userService + paths.next(), tokens),
                Requests.reading(
                        "the posts alone", USERS, () -> postService + paths.next() + "/posts?limit=20", tokens),
                new Requests(
                        "user-with-posts",
                        USERS,
                        200,
                        title -> Requests.reading(title, () -> userService + paths.next() + "?include=posts", tokens)
                                // An answer without the posts is cheaper, so it is an error.
                                .check(substring("\"degraded\"").notExists())));
        Measured slower = Measured.slower("the slower of its parts", measured.get(0), measured.get(1));
        Measured both = measured.get(2);
        return new Outcome(measured, List.of(Ratio.ofTimes(both, slower, Aim.atMost(1.2))));
    }
}
