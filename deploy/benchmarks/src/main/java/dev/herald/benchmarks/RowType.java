package dev.herald.benchmarks;

/**
 * The kinds of {@link Rows}. Their users are registered from the year 2000 on, before all real users, so that they are at the end of lists
 * that begin with the newest.
 */
enum RowType {
    /** One user is registered per minute, so that all have different times. */
    USERS(
            "users",
            "email like '%@row.bench.example'",
            """
            insert into users (id, name, email, email_key, password_hash, roles, created_at, updated_at, version)
            select uuidv7(at - now()), 'Row ' || number, number || '@row.bench.example', number || '@row.bench.example', '!', '{USER}', at, at, 0
            from (
                select number, timestamptz '2000-01-01 00:00:00Z' + number * interval '1 minute' as at
                from generate_series(1, %d) number
            )
            """,
            "delete from users where email like '%@row.bench.example'",
            "vacuum (analyze) users"),

    /**
     * Each author has fifty posts, so the first page of authors is the same with a thousand posts and with a million. One post in ten is a
     * draft.
     */
    POSTS(
            "post",
            "author_id in (select id from author where email like '%@row.bench.example')",
            """
            with row_author as (
                insert into author (id, name, email, email_key, registered_at, version)
                select uuidv7(at - now()), 'Author ' || number, number || '@row.bench.example', number || '@row.bench.example', at, 0
                from (
                    select number, timestamptz '2000-01-01 00:00:00Z' + number * interval '1 second' as at
                    from generate_series(1, %d / 50) number
                )
                returning id, registered_at
            )
            insert into post (id, author_id, title, content, published, published_at, created_at, updated_at, version)
            select uuidv7(at - now()), author_id, 'Post ' || number, repeat('One of very many. ', 16),
                   number %% 10 > 0, case when number %% 10 > 0 then at end, at, at, 0
            from (
                select row_author.id as author_id, number, registered_at + number * interval '1 day' as at
                from row_author
                cross join generate_series(1, 50) number
            )
            """,
            // Also deletes the authors' posts (on delete cascade).
            "delete from author where email like '%@row.bench.example'",
            "vacuum (analyze) author, post");

    final String table;

    /** The SQL condition for rows of the benchmark, by a domain that no other row has. */
    final String ours;

    /** The statement, with a placeholder for the number of rows. */
    final String insert;

    final String delete;

    /** The statement after a load or a removal. Without it autovacuum would run during the measurement. */
    final String settle;

    RowType(String table, String ours, String insert, String delete, String settle) {
        this.table = table;
        this.ours = ours;
        this.insert = insert;
        this.delete = delete;
        this.settle = settle;
    }
}
