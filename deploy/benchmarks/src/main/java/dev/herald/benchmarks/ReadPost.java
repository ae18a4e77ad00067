package dev.herald.benchmarks;

import java.util.List;

/** Reading a post from the database, beside reading a user from the cache. */
final class ReadPost implements Scenario {

    @Override
    public String name() {
        return "read-post";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> accessTokens = bench.accounts().signIn();
        RoundRobin<String> tokens = new RoundRobin<>(accessTokens);
        RoundRobin<String> users = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> bench.target().userService() + "/api/users/" + account.id())
                .toList());
        RoundRobin<String> posts = new RoundRobin<>(bench.accounts().posts(accessTokens).stream()
                .map(post -> bench.target().postService() + "/api/posts/" + post)
                .toList());

        List<Measured> measured = bench.measure(
                this,
                Requests.reading("a user from the cache", bench.users(), users::next, tokens),
                Requests.reading("read-post", bench.users(), posts::next, tokens));
        Measured user = measured.get(0);
        Measured post = measured.get(1);
        return new Outcome(measured, List.of(Ratio.ofRates(post, user, Aim.NONE), Ratio.ofTail(post, Aim.atMost(10))));
    }
}
