-- The networks from which an account was registered or logged in to.
create table known_network (
    user_id uuid not null references users (id) on delete cascade,
    -- IPv4 /24 or IPv6 /64.
    network text not null,
    last_used_at timestamptz not null,
    primary key (user_id, network)
);
