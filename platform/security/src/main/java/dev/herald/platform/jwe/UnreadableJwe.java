package dev.herald.platform.jwe;

/** A JWE cannot be decrypted: it is malformed or changed, or its key is unknown. The exception's message does not quote it. */
public class UnreadableJwe extends RuntimeException {

    UnreadableJwe(String reason) {
        super(reason);
    }
}
