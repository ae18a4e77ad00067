-- For the database notifications after it was restored from a backup, before notification-service starts.

-- Whether these emails were sent after the moment of the backup is unknown, so they are not sent again.
update email
set status = 'FAILED', last_error = 'restored from a backup', version = version + 1
where status = 'PENDING';
