package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.util.List;

/** Creating a post beside reading one: the difference is the transaction and the event. */
final class CreatePost implements Scenario {

    @Override
    public String name() {
        return "create-post";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> accessTokens = bench.accounts().signIn();
        RoundRobin<String> tokens = new RoundRobin<>(accessTokens);
        String address = bench.target().postService() + "/api/posts";
        RoundRobin<String> posts = new RoundRobin<>(bench.accounts().posts(accessTokens).stream()
                .map(post -> address + "/" + post)
                .toList());

        List<Measured> measured = bench.measure(
                this,
                Requests.reading("reading a post", bench.users(), posts::next, tokens),
                new Requests(
                        "create-post",
                        bench.users(),
                        201,
                        title -> http(title)
                                .post(address)
                                .header("Authorization", session -> "Bearer " + tokens.next())
                                .header("Content-Type", "application/json")
                                .body(StringBody(Accounts.newPost()))));
        // Other scenarios measure lists, which must not contain these posts.
        bench.accounts().closeAll(bench.target().admin());
        Measured read = measured.get(0);
        Measured create = measured.get(1);
        return new Outcome(
                measured, List.of(Ratio.ofRates(create, read, Aim.NONE), Ratio.ofTail(create, Aim.atMost(10))));
    }
}
