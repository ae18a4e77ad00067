-- Whether a sender may claim the email. Otherwise it is claimed, or waits for its next attempt, until next_attempt_at. The defaults
-- serve instances of the version before, which still write during an update; what they defer is tried again earlier than they say.
alter table email
    add due boolean not null default true,
    -- Failed attempts in which SMTP took the message and did not answer.
    add unanswered integer not null default 0;
update email set due = false where status = 'PENDING' and next_attempt_at > now();

-- The queues of each recipient domain; how DueNotifications steps through them needs exactly these expressions. email_due, of V1, serves the
-- version before.
create index email_first_attempts on email ((('@' || split_part(lower(recipient), '@', -1)) collate "C"), next_attempt_at)
    where status = 'PENDING' and due and failures = 0;
create index email_retries on email ((('@' || split_part(lower(recipient), '@', -1)) collate "C"), next_attempt_at)
    where status = 'PENDING' and due and failures > 0;
-- What is to become due.
create index email_waiting on email (next_attempt_at) where status = 'PENDING' and not due;
