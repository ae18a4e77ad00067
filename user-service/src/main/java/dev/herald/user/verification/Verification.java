package dev.herald.user.verification;

import dev.herald.user.account.AccountChanges;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

@Service
class Verification {

    private static final Set<EmailKind> LINK = Set.of(EmailKind.VERIFICATION);

    private final AccountChanges accounts;
    private final AccountTokens tokens;
    private final Clock clock;

    Verification(AccountChanges accounts, AccountTokens tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    void verify(String token) {
        accounts.redeem(token, LINK, (account, used) -> account.verifyEmail(used.email(), clock.instant()));
    }

    /** Does nothing if the address is verified already. */
    void sendLink(UUID user) {
        accounts.change(user, account -> {
            if (!account.isEmailVerified()) {
                tokens.sendWithinLimits(EmailKind.VERIFICATION, account.recipient());
            }
        });
    }
}
