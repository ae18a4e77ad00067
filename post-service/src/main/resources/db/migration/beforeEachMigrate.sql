-- Takes the strongest lock before the first statement of each migration. A migration that takes a weaker one first deadlocks with a transaction
-- of an instance that serves meanwhile: one that has read authors and writes them next.
do $$
begin
    if to_regclass('author') is not null then
        lock table author in access exclusive mode;
    end if;
end
$$;
