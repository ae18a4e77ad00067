package dev.herald.platform.conditional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * The header {@code If-Match} (RFC 9110, section 13.1.1): a write happens only to the resource that its caller has seen. It
 * is checked in the transaction that holds the resource's row.
 *
 * @param header as it was sent; null if it was not, which asks for nothing
 */
public record IfMatch(@Nullable String header) {

    /** Asks for nothing. */
    public static final IfMatch NOTHING = new IfMatch(null);

    /**
     * @param current the resource's strong entity tag, without quotes
     * @throws PreconditionFailed if the header names others, or weak ones only
     */
    public void require(String current) {
        if (header == null || header.strip().equals("*")) {
            return;
        }
        ETag tag = new ETag(current, false);
        if (ETag.parse(header).stream().noneMatch(named -> named.compare(tag, true))) {
            throw new PreconditionFailed();
        }
    }
}
