package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.substring;

import java.util.List;

/** A user with their newest posts in one answer: does it take longer than whichever of the two takes longer alone? */
final class UserWithPosts implements Scenario {

    /** Alone with the suite: where every core is taken, two things at once take as long as one after the other. */
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
                                // A user without posts is an answer, too, but a cheaper one.
                                .check(substring("\"degraded\"").notExists())));
        Measured slower = Measured.slower("the slower of its parts", measured.get(0), measured.get(1));
        Measured both = measured.get(2);
        return new Outcome(measured, List.of(Ratio.ofTimes(both, slower, Aim.atMost(1.2))));
    }
}
