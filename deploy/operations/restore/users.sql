-- Run on the database users after it was restored from a backup, before user-service starts.
begin;

-- Consumers, caches and clients have seen higher versions, of changes that are lost. The new versions must be above them.
update users set version = version + 1000000;

-- Ends every session, because logouts and changes of passwords after the backup are lost.
update session set revoked_at = now() where revoked_at is null;

-- A key that was withdrawn after the backup would be valid again. user-service makes a new key when it starts.
with withdrawn as (delete from signing_key returning kid)
insert into withdrawn_key (kid, withdrawn_at) select kid, now() from withdrawn on conflict do nothing;

commit;
