package dev.herald.user.token;

import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.hash.Sha256;
import dev.herald.platform.jwe.JweCipher;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/**
 * The tokens of the links in emails, 256 random bits each. The database stores only their hashes; the event that
 * requests the email contains the token encrypted. A method that writes needs the transaction that has locked the
 * account.
 */
@Service
public class AccountTokens {

    private static final int BYTES = 32;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int EMAILS_PER_WINDOW = 5;

    private final AccountTokenTable table;
    private final JweCipher cipher;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AccountTokens(
            AccountTokenTable table, JweCipher cipher, ApplicationEventPublisher events, IdGenerator ids, Clock clock) {
        this.table = table;
        this.cipher = cipher;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes a token and requests the email with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(EmailKind kind, Recipient recipient) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Instant expiry = now.plus(kind.lifetime());
        table.add(
                new AccountToken(Sha256.hex(token), recipient.userId(), kind, recipient.email()),
                EmailAddress.keyOf(recipient.email()),
                now,
                expiry);
        events.publishEvent(new EmailRequested(
                ids.generateId(),
                recipient.userId(),
                recipient.name(),
                recipient.email(),
                kind,
                cipher.encrypt(token),
                expiry,
                recipient.version()));
    }

    /** @throws TooManyEmails if such an email to this address was requested within a minute, or five within an hour */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sendWithinLimits(EmailKind kind, Recipient recipient) {
        Duration pause = pauseBefore(kind, recipient.email());
        if (pause.isPositive()) {
            throw new TooManyEmails(pause);
        }
        send(kind, recipient);
    }

    /** Does nothing if a limit is reached. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sendIfWithinLimits(EmailKind kind, Recipient recipient) {
        if (!pauseBefore(kind, recipient.email()).isPositive()) {
            send(kind, recipient);
        }
    }

    /** Does nothing if an email of this kind was requested for the account within a day. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sendOnceADay(EmailKind kind, Recipient recipient) {
        if (!table.lockRequests(recipient.userId(), kind, clock.instant().minus(DAY))) {
            send(kind, recipient);
        }
    }

    private Duration pauseBefore(EmailKind kind, String email) {
        Instant now = clock.instant();
        List<Instant> requests =
                table.lockRequests(EmailAddress.keyOf(email), kind, now.minus(WINDOW), EMAILS_PER_WINDOW);
        Instant next = requests.isEmpty() ? now : requests.getFirst().plus(PAUSE);
        if (requests.size() == EMAILS_PER_WINDOW) {
            Instant afterTheOldest = requests.getLast().plus(WINDOW);
            next = afterTheOldest.isAfter(next) ? afterTheOldest : next;
        }
        return Duration.between(now, next);
    }

    /** Whether another user can return to the address by undoing a change, which reserves it for them. */
    public boolean isReserved(String email, UUID user) {
        return table.existsForOther(user, EmailAddress.keyOf(email), EmailKind.UNDO, clock.instant());
    }

    /** @throws TokenExpiredOrUsed if it is not a valid token of one of these kinds */
    public AccountToken find(String token, Set<EmailKind> kinds) {
        return table.find(Sha256.hex(token), clock.instant())
                .filter(found -> kinds.contains(found.kind()))
                .orElseThrow(TokenExpiredOrUsed::new);
    }

    /**
     * Ends the token and the account's other tokens of these kinds. After an undo, ends only those that are not older
     * than the token, or were mailed to the same address.
     *
     * @throws TokenExpiredOrUsed if another request has used it meanwhile
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void use(AccountToken token, Set<EmailKind> kinds) {
        if (!table.markUsed(token.hash(), clock.instant())) {
            throw new TokenExpiredOrUsed();
        }
        if (EmailKind.UNDO.contains(token.kind())) {
            table.markNewerUsed(token.hash(), kinds, clock.instant());
        } else {
            end(token.userId(), kinds);
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void end(UUID user, Set<EmailKind> kinds) {
        table.markUsed(user, kinds, clock.instant());
    }

    /** Ends the tokens of a user who is being deleted. They still count for the limits of emails. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(UUID user) {
        table.forget(user, clock.instant());
    }
}
