-- Sessions of Paul as the release before has stored them; the tokens are the texts that are hashed.
insert into public.session (id, user_id, created_at, expires_at, revoked_at) values
    ('01a22c0b-4000-7000-8000-000000000001', '01a22c0b-2f09-740d-a800-067f770aeab3', now() - interval '1 day', now() + interval '29 days', null),
    ('01a22c0b-4000-7000-8000-000000000002', '01a22c0b-2f09-740d-a800-067f770aeab3', now() - interval '2 days', now() + interval '29 days', null),
    ('01a22c0b-4000-7000-8000-000000000003', '01a22c0b-2f09-740d-a800-067f770aeab3', now() - interval '1 minute', now() + interval '30 days', null);
insert into public.refresh_token (hash, session_id, expires_at, used_at) values
    (encode(sha256('never refreshed'), 'hex'), '01a22c0b-4000-7000-8000-000000000001', now() + interval '29 days', null),
    (encode(sha256('first of three'), 'hex'), '01a22c0b-4000-7000-8000-000000000002', now() + interval '28 days', now() - interval '1 day'),
    (encode(sha256('second of three'), 'hex'), '01a22c0b-4000-7000-8000-000000000002', now() + interval '28 days', now() - interval '1 hour'),
    (encode(sha256('last of three'), 'hex'), '01a22c0b-4000-7000-8000-000000000002', now() + interval '29 days', null),
    (encode(sha256('used once'), 'hex'), '01a22c0b-4000-7000-8000-000000000003', now() + interval '30 days', now()),
    (encode(sha256('pair of it'), 'hex'), '01a22c0b-4000-7000-8000-000000000003', now() + interval '30 days', null);
