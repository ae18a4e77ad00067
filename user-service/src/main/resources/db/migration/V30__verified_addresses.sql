-- Whether the account's owner has opened a link that was mailed to the address. An instance of the release before knows neither column.
alter table users add column email_verified boolean not null default false;

-- An address that waits for its confirmation. It reserves nothing.
alter table users add column pending_email text;

-- The first administrator comes from the configuration.
update users set email_verified = true
where id = (select id from users where 'ADMIN' = any(roles) order by created_at, id limit 1);
