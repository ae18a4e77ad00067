package dev.herald.platform.conditional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The headers {@code If-Match} and {@code If-None-Match} (RFC 9110, sections 13.1.1 and 13.1.2). A write checks them in the
 * transaction that locks the resource's row.
 *
 * @param ifMatch null if the request has none
 * @param ifNoneMatch null if the request has none
 */
public record Preconditions(
        @Nullable String ifMatch, @Nullable String ifNoneMatch) {

    public static final Preconditions NONE = new Preconditions(null, null);

    private static final String ANY = "*";

    /**
     * Checks the preconditions of a write.
     *
     * @param current the resource's strong entity tag, without quotes
     * @throws PreconditionFailed if {@code If-Match} does not name the tag, or {@code If-None-Match} does
     */
    public void require(String current) {
        requireMatch(current);
        if (isKnown(current)) {
            throw new PreconditionFailed(PreconditionFailed.NAMED);
        }
    }

    /**
     * The response to a read: 304 if {@code If-None-Match} names the tag.
     *
     * @param current the resource's strong entity tag, without quotes
     * @throws PreconditionFailed if {@code If-Match} does not name the tag
     */
    public <T> ResponseEntity<T> answer(String current, T body) {
        requireMatch(current);
        return isKnown(current)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(current).build()
                : ResponseEntity.ok().eTag(current).body(body);
    }

    private void requireMatch(String current) {
        if (ifMatch != null && !names(ifMatch, current, Comparison.STRONG)) {
            throw new PreconditionFailed(PreconditionFailed.OTHER);
        }
    }

    private boolean isKnown(String current) {
        return ifNoneMatch != null && names(ifNoneMatch, current, Comparison.WEAK);
    }

    private enum Comparison {
        STRONG,
        WEAK
    }

    private static boolean names(String header, String current, Comparison comparison) {
        if (header.strip().equals(ANY)) {
            return true;
        }
        ETag tag = new ETag(current, false);
        return ETag.parse(header).stream().anyMatch(named -> named.compare(tag, comparison == Comparison.STRONG));
    }
}
