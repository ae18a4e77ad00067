-- For the database users after it was restored from a backup, before user-service starts.
begin;

-- Above every version that consumers, caches and clients have seen of the changes that are lost.
update users set version = version + 1000000;

-- Logouts and changes of passwords after the moment of the backup are lost, so every session ends.
update session set revoked_at = now() where revoked_at is null;

commit;
