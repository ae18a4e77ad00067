package dev.herald.benchmarks;

import java.util.List;

/** The first page of posts: do many posts make it slower? */
final class ListPosts implements Scenario {

    @Override
    public String name() {
        return "list-posts";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        RoundRobin<String> tokens = new RoundRobin<>(bench.accounts().signIn());
        // Loads the first data before the measurement, so that an error is reported here.
        bench.postRows().load(Rows.THOUSAND);
        long others = bench.postRows().others();
        List<Measured> measured = bench.measure(
                this, page(bench, Rows.THOUSAND, others, tokens), page(bench, Rows.MILLION, others, tokens));
        Measured few = measured.get(0);
        Measured many = measured.get(1);
        return new Outcome(measured, List.of(Ratio.ofTimes(many, few, Aim.within(1.5))));
    }

    private static Load page(Bench bench, int posts, long others, RoundRobin<String> tokens) {
        String name = "list-posts, %,d posts".formatted(posts + others);
        String address = bench.target().postService() + "/api/posts?limit=20";
        return new PreparedLoad(
                Requests.reading(name, bench.users(), () -> address, tokens),
                () -> bench.postRows().load(posts));
    }
}
