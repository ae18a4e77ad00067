-- The read model of user-service's users, fed by their events. version is the user's: an older event changes nothing.
create table author (
    id uuid primary key,
    name text not null,
    email text not null,
    registered_at timestamptz not null,
    version bigint not null
);

create index author_by_name on author (name, id);

create table post (
    id uuid primary key,
    author_id uuid not null,
    title text not null,
    content text not null,
    published boolean not null,
    published_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
);

-- Counts an author's published posts without touching the table.
create index post_published_by_author on post (author_id) where published;
