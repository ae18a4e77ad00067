-- Lists of posts, newest first: what everybody may see, and what only its author and administrators may. An author's own drafts are
-- found by post_by_author.
create index post_published_newest on post (created_at, id) where published;
create index post_draft_newest on post (created_at, id) where not published;

-- Counts an author's published posts without touching the table, as before, and lists them newest first.
drop index post_published_by_author;
create index post_published_by_author on post (author_id, created_at, id) where published;

-- Authors by their address, in whatever case. Two may have the same for a moment: the events of two users come in any order.
create index author_by_email on author (lower(email));

create index author_by_registration on author (registered_at);
