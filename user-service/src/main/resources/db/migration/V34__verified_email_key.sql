-- The key of the address that the owner has verified: another address is unverified, whichever release has written it.
alter table users add column verified_email_key text;

update users set verified_email_key = email_key where email_verified;

-- For instances of a release that knows email_verified alone. To be dropped with that column in the next release. By its name it comes
-- after the triggers that fill email_key.
create function users_verified_email() returns trigger language plpgsql as $$
begin
    if new.email_verified
       and not coalesce(old.email_verified, false)
       and new.verified_email_key is not distinct from old.verified_email_key then
        new.verified_email_key := new.email_key;
    end if;
    new.email_verified := coalesce(new.verified_email_key = new.email_key, false);
    return new;
end
$$;

create trigger users_verified_email before insert or update on users
    for each row execute function users_verified_email();
