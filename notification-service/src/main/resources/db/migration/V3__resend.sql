-- Attempts count on when an email is resent; what the retry policy counts begins anew. The default serves instances
-- of the version before, which still write during an update.
alter table email add failures integer not null default 0;
update email set failures = attempts where status = 'PENDING';
