package dev.herald.benchmarks;

import java.util.List;

/**
 * Authors with the number of their posts: by name, where only a page of them is counted, do they cost more where there are many
 * posts? And by that number, where all are counted, how much more?
 */
final class AuthorCounts implements Scenario {

    @Override
    public String name() {
        return "author-counts";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        RoundRobin<String> tokens = new RoundRobin<>(bench.accounts().signIn());
        // The first to be measured: if there is no loading them, it is said here.
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
                        // Linear by nature.
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
