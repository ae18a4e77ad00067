-- The token that this one was made from: null for the first of a session, and for those of the release before.
alter table refresh_token add column parent text;

create index refresh_token_by_parent on refresh_token (parent) where parent is not null;
