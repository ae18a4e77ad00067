-- The last login or refresh, and where it came from; null where only the release before has seen the session.
alter table session
    add column last_used_at timestamptz,
    add column user_agent text,
    add column network text;
