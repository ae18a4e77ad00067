package dev.herald.platform.jwe;

/** A JWE cannot be decrypted: it is malformed or changed, or its key is unknown. The message quotes nothing of it. */
public class UnreadableJwe extends RuntimeException {

    UnreadableJwe(String reason) {
        super(reason);
    }
}
