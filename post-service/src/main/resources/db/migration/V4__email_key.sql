-- The address in the form in which addresses are compared: ASCII lower case, with the domain in A-labels.
alter table author add column email_key text;

-- Fills the key for instances of the release before, which do not know the column. To be dropped in the next release.
create function author_fill_email_key() returns trigger language plpgsql as $$
begin
    new.email_key := lower(new.email collate "C");
    return new;
end
$$;

create trigger author_fill_email_key_of_new before insert on author
    for each row when (new.email_key is null) execute function author_fill_email_key();

create trigger author_fill_email_key_of_changed before update of email on author
    for each row when (new.email <> old.email and new.email_key = old.email_key) execute function author_fill_email_key();
