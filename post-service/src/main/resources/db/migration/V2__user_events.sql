-- Whether the posts that came with the user's registration have been written: they are, once and for all time.
-- The rows of V1 came from events without posts.
alter table author add column first_posts_written boolean not null default true;
alter table author alter column first_posts_written set default false;

-- A post never outlives its author: whoever writes one holds the author's row until the commit.
alter table post add foreign key (author_id) references author on delete cascade;

-- An author's posts, newest first; their deletion goes by it too.
create index post_by_author on post (author_id, created_at, id);

-- Authors who are no more. The id alone stays, so that no late event brings them back.
create table deleted_author (
    id uuid primary key
);
