-- Where an instance of the release before has registered a taken address since the keys were filled, the older account has the key.
update users
set email_key_as_typed = true
where not email_key_as_typed
  and exists (
      select 1
      from users older
      where older.email_key = users.email_key
        and not older.email_key_as_typed
        and (older.created_at, older.id) < (users.created_at, users.id));

-- One account per address. The name is that of the index on lower(email): instances of the release before know it as that of a taken address.
create unique index users_email_key_new on users (email_key) where not email_key_as_typed;
create unique index users_email_as_typed on users (email_key) where email_key_as_typed;

-- For logins at instances of the release before. To be dropped in the next release.
create index users_by_lower_email on users (lower(email));

drop index users_email_key;
alter index users_email_key_new rename to users_email_key;
alter table users alter column email_key set not null;
