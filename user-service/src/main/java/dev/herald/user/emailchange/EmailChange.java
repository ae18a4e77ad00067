package dev.herald.user.emailchange;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.user.account.Account;
import dev.herald.user.account.AccountChanges;
import dev.herald.user.account.Credentials;
import dev.herald.user.account.EmailTaken;
import dev.herald.user.password.Passwords;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import dev.herald.user.token.Recipient;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.util.IdGenerator;

/** Mails the old address when a change is requested and when it is confirmed, each time with a link that undoes it. */
@Service
class EmailChange {

    private static final Set<EmailKind> LINK = Set.of(EmailKind.EMAIL_CHANGE);

    private final AccountChanges accounts;
    private final Credentials credentials;
    private final AccountTokens tokens;
    private final Passwords passwords;
    private final IdGenerator ids;
    private final Clock clock;

    EmailChange(
            AccountChanges accounts,
            Credentials credentials,
            AccountTokens tokens,
            Passwords passwords,
            IdGenerator ids,
            Clock clock) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.tokens = tokens;
        this.passwords = passwords;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Requests a change of address. A {@code newEmail} equal to the present address withdraws the pending change.
     *
     * @return the pending address
     * @throws EmailTaken if another account has the address or can get it back by undoing a change; the new address is
     *     not reserved until it is confirmed
     */
    Optional<String> request(UUID user, ChangeEmail request, ClientNetwork network) {
        String hash = credentials.confirm(user, request.currentPassword(), network);
        if (accounts.isTaken(request.newEmail(), user)) {
            throw new EmailTaken("newEmail");
        }
        return accounts.changePendingEmail(user, account -> {
            credentials.requireStill(account, request.currentPassword(), hash);
            if (account.isAt(request.newEmail())) {
                account.withdrawEmailChange();
            } else {
                request(account, request.newEmail());
            }
        });
    }

    private void request(Account account, String newEmail) {
        Recipient old = account.recipient();
        account.requestEmailChange(newEmail);
        tokens.sendWithinLimits(EmailKind.EMAIL_CHANGE, old.at(newEmail));
        tokens.sendWithinLimits(EmailKind.EMAIL_CHANGE_REQUESTED, old);
    }

    void confirm(String token) {
        accounts.redeem(token, LINK, (account, used) -> {
            Recipient old = account.recipient();
            account.confirmEmailChange(used.email(), clock.instant());
            tokens.send(EmailKind.EMAIL_CHANGED, old);
        });
    }

    /**
     * Sets the old address again. Invalidates all other links except older undo links, because an attacker who changed
     * the address gets undo links too, and the owner needs the older one. Replaces the password by an unknown one,
     * because the person who requested the change knew it, and mails a reset link to the old address.
     */
    void undo(String token) {
        tokens.find(token, EmailKind.UNDO);
        String unknownPassword = passwords.hash(ids.generateId().toString());
        accounts.redeem(token, EmailKind.UNDO, (account, used) -> {
            account.undoEmailChange(used.email(), unknownPassword, clock.instant());
            tokens.end(account.id(), EnumSet.complementOf(EnumSet.copyOf(EmailKind.UNDO)));
            tokens.send(EmailKind.PASSWORD_RESET, account.recipient());
        });
    }
}
