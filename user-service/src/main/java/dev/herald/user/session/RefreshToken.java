package dev.herald.user.session;

import dev.herald.platform.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** 256 random bits; the database stores their hash only. */
record RefreshToken(String value) {

    private static final int BYTES = 32;

    static RefreshToken random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String hash() {
        return Sha256.hex(value);
    }

    @Override
    public String toString() {
        return "RefreshToken[]";
    }
}
