-- The token of the email's link, as JWE, and when it expires; an email without a link has neither.
alter table email
    add secret text,
    add secret_expires_at timestamptz,
    -- Of a welcome email: whether the link of the registration has not come yet.
    add awaits_link boolean not null default false;
