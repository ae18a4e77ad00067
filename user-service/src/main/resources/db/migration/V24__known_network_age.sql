-- For the purge of networks that no longer count as known.
create index known_network_by_age on known_network (last_used_at);
