-- Run on the database notifications after it was restored from a backup, before notification-service starts.

-- Some of these emails may have been sent after the backup was made, so none is sent again.
update email
set status = 'FAILED', last_error = 'restored from a backup', version = version + 1
where status = 'PENDING';
