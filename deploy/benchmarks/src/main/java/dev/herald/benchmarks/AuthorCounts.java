package dev.herald.benchmarks;

import java.util.List;

/**
 * Authors with the number of their posts. By name, only those of one page are counted: do many posts make it slower? By number, all posts
 * are counted: how much slower is it?
 */
final class AuthorCounts implements Scenario {

    @Override
    public String name() {
        return "author-counts";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        RoundRobin<String> tokens = new RoundRobin<>(bench.accounts().signIn());
        // Loads the first data before the measurement, so that an error is reported here.
        bench.postRows().load(Rows.THOUSAND);
        long others = bench.postRows().others();
        List<Measured> measured = bench.measure(
                this,
                page(bench, "name", Rows.THOUSAND, others, tokens),
                page(bench, "-postCount", Rows.THOUSAND, others, tokens),
                page(bench, "name", Rows.MILLION, others, tokens),
                page(bench, "-postCount", Rows.MILLION, others, tokens));
        Measured fewByName = measured.get(0);
        Measured fewByCount = measured.get(1);
        Measured manyByName = measured.get(2);
        Measured manyByCount = measured.get(3);
        return new Outcome(
                measured,
                List.of(
                        Ratio.ofTimes(manyByName, fewByName, Aim.within(1.5)),
                        // Linear in the number of posts.
                        Ratio.ofTimes(manyByCount, fewByCount, Aim.NONE)));
    }

    private static Load page(Bench bench, String sort, int posts, long others, RoundRobin<String> tokens) {
        String name = "author-counts by %s, %,d posts".formatted(sort, posts + others);
        String address =
                "%s/api/authors?limit=20&sort=%s".formatted(bench.target().postService(), sort);
        return new PreparedLoad(
                Requests.reading(name, bench.users(), () -> address, tokens),
                () -> bench.postRows().load(posts));
    }
}
