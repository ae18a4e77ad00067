-- From a login to the logout. The user may be deleted meanwhile: the row is then needed for as long as tokens live.
create table session (
    id uuid primary key,
    user_id uuid not null,
    created_at timestamptz not null,
    -- When its last refresh token expires.
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index session_by_user on session (user_id);
create index session_by_expiry on session (expires_at);
create index session_by_revocation on session (revoked_at) where revoked_at is not null;

-- Used ones stay until they would have expired, so that a second use is noticed.
create table refresh_token (
    -- SHA-256, in hexadecimal, of 256 random bits.
    hash text primary key,
    session_id uuid not null references session (id) on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index refresh_token_by_session on refresh_token (session_id);
create index refresh_token_by_expiry on refresh_token (expires_at);

-- The keys that sign access tokens; the latest whose time has come signs.
create table signing_key (
    kid text primary key,
    -- A JWK (RFC 7517).
    public_key text not null,
    -- PKCS #8, encrypted with AES-256-GCM.
    private_key bytea not null,
    created_at timestamptz not null,
    signs_from timestamptz not null
);
