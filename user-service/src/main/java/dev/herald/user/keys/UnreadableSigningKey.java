package dev.herald.user.keys;

class UnreadableSigningKey extends RuntimeException {

    UnreadableSigningKey(String kid, Throwable cause) {
        super(
                "The signing key %s cannot be decrypted: HERALD_SECRET is not the one that it was encrypted with."
                        .formatted(kid),
                cause);
    }
}
