-- Run on the database posts after it was restored from a backup, before post-service starts.

-- Consumers and clients have seen higher versions, of changes that are lost. The new versions must be above them.
update post set version = version + 1000000;
