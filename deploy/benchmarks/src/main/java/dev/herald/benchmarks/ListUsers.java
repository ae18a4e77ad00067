package dev.herald.benchmarks;

import static io.gatling.javaapi.http.HttpDsl.http;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The list of a million users: does its end cost what its beginning costs? */
final class ListUsers implements Scenario {

    private static final int LIMIT = 20;
    private static final String FIRST_PAGE = "/api/users?limit=" + LIMIT;

    @Override
    public String name() {
        return "list-users";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> accessTokens = bench.accounts().signIn();
        bench.say("loading %,d users".formatted(Rows.MILLION));
        bench.rows().load(Rows.MILLION);
        String lastPage = FIRST_PAGE + "&cursor=" + bench.rows().lastPage(LIMIT);
        requireLast(bench.api().get(lastPage, accessTokens.getFirst(), 200));

        Cycle<String> tokens = new Cycle<>(accessTokens);
        List<Measured> measured = bench.measure(
                this,
                page("list-users first page", bench, FIRST_PAGE, tokens),
                page("list-users last page", bench, lastPage, tokens));
        Measured first = measured.get(0);
        Measured last = measured.get(1);
        return new Outcome(measured, List.of(Ratio.ofTimes(last, first, Aim.within(1.5))));
    }

    private static Side page(String name, Bench bench, String path, Cycle<String> tokens) {
        String address = bench.target().userService() + path;
        return new Requests(
                name,
                bench.users(),
                200,
                title -> http(title).get(address).header("Authorization", session -> "Bearer " + tokens.next()));
    }

    /** The cursor was made here and not by the list: is it the one that was meant? */
    private static void requireLast(JsonNode page) {
        if (page.path("items").size() != LIMIT || page.has("nextCursor")) {
            throw new BenchFailed("The list of users has another order or another cursor than this benchmark knows.");
        }
    }
}
