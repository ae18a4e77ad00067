-- One account per address. The name is that of the index on lower(email): instances of the release before know it as that of a taken address.
create unique index users_email_key_new on users (email_key) where not email_key_as_typed;
create unique index users_email_as_typed on users (email_key) where email_key_as_typed;

-- For logins at instances of the release before. To be dropped in the next release.
create index users_by_lower_email on users (lower(email));

drop index users_email_key;
alter index users_email_key_new rename to users_email_key;
alter table users alter column email_key set not null;
