-- For the database posts after it was restored from a backup, before post-service starts.

-- Above every version that consumers and clients have seen of the changes that are lost.
update post set version = version + 1000000;
