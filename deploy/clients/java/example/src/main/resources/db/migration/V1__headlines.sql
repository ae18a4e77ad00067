create table headline (
    post_id uuid primary key,
    title text not null,
    author text not null
);
