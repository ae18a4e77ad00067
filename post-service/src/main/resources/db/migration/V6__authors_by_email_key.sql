-- Authors by their address. Two may have the same: for a moment, since the events of two users come in any order, or from before the key.
-- Instances of the release before look them up by the index on lower(email), which is to be dropped in the next release.
create index author_by_email_key on author (email_key);

alter table author alter column email_key set not null;
