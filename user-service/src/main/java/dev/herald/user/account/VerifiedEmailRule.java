package dev.herald.user.account;

import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

@Component
@EnableConfigurationProperties(LoginSettings.class)
class VerifiedEmailRule {

    private final LoginSettings settings;
    private final AccountChanges accounts;
    private final AccountTokens tokens;

    VerifiedEmailRule(LoginSettings settings, AccountChanges accounts, AccountTokens tokens) {
        this.settings = settings;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /** @throws EmailNotVerified if a login needs a verified address and this is none; another link is mailed */
    void require(User user) {
        if (settings.requireVerifiedEmail() && !user.isEmailVerified()) {
            accounts.change(
                    user.id(), account -> tokens.sendIfWithinLimits(EmailKind.VERIFICATION, account.recipient()));
            throw new EmailNotVerified();
        }
    }
}
