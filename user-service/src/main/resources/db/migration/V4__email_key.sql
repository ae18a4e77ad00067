-- The address in the form in which addresses are compared: ASCII lower case, with the domain in A-labels.
alter table users add column email_key text;

-- Whether the key is the address as it was typed, in ASCII lower case alone: an older account has the key in A-labels. Such an account
-- is found by its address as it was typed.
alter table users add column email_key_as_typed boolean not null default false;

-- Fills the key for instances of the release before, which do not know the columns. To be dropped in the next release.
create function users_fill_email_key() returns trigger language plpgsql as $$
begin
    new.email_key := lower(new.email collate "C");
    new.email_key_as_typed := octet_length(new.email) > char_length(new.email);
    return new;
end
$$;

create trigger users_fill_email_key_of_new before insert on users
    for each row when (new.email_key is null) execute function users_fill_email_key();

create trigger users_fill_email_key_of_changed before update of email on users
    for each row when (new.email <> old.email and new.email_key = old.email_key) execute function users_fill_email_key();
