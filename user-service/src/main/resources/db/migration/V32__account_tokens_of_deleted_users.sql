-- The tokens of a deleted user go on counting as mails that were requested, or registering and deleting would lift the limits.
alter table account_token
    alter column user_id drop not null,
    drop constraint account_token_user_id_fkey,
    add foreign key (user_id) references users (id) on delete set null;
