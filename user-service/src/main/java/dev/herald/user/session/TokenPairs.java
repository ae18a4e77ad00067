package dev.herald.user.session;

import dev.herald.user.account.Identity;
import dev.herald.user.keys.AccessTokens;
import dev.herald.user.keys.TokenSettings;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a pair in two steps: signs after the commit, because signing must not hold a database connection. */
@Component
class TokenPairs {

    /** A pair whose refresh token is stored. */
    record Granted(Identity user, UUID session, RefreshToken refreshToken) {}

    private final RefreshTokenTable table;
    private final AccessTokens accessTokens;
    private final TokenSettings settings;
    private final SecureRandom random = new SecureRandom();

    TokenPairs(RefreshTokenTable table, AccessTokens accessTokens, TokenSettings settings) {
        this.table = table;
        this.accessTokens = accessTokens;
        this.settings = settings;
    }

    /** @param parent the refresh token that is exchanged; null at login */
    Granted grant(Identity user, UUID session, @Nullable RefreshToken parent) {
        RefreshToken refreshToken = RefreshToken.random(random);
        table.add(refreshToken, session, parent, settings.refreshToken());
        return new Granted(user, session, refreshToken);
    }

    Tokens sign(Granted granted) {
        return new Tokens(
                accessTokens.tokenFor(granted.user(), granted.session()),
                "Bearer",
                settings.accessToken().toSeconds(),
                granted.refreshToken().value(),
                settings.refreshToken().toSeconds());
    }
}
