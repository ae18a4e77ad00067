package dev.herald.platform.paging;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

public record Page<T>(
        List<T> items,

        @Schema(
                description = "Where the next page begins; absent on the last one",
                example = "WyJBZGEgTG92ZWxhY2UiLCIwMTk5ODVmZS0xMTJhLTcwMDAtOGFiYy0zNTFhYjJmMWNkMDAiXQ")
        @Nullable
        String nextCursor) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    /**
     * @param fetched the items, one more than the limit if there is another page, so that no count is needed
     * @param key makes the cursor after an item
     */
    public static <T> Page<T> of(List<T> fetched, int limit, Function<T, Cursor> key) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, null);
        }
        List<T> items = fetched.subList(0, limit);
        return new Page<>(items, key.apply(items.getLast()).encode());
    }

    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), nextCursor);
    }

    /** The response with this page, and with a path-absolute {@code Link} header (RFC 8288) to the next page. */
    public ResponseEntity<Page<T>> toResponse() {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (nextCursor != null) {
            var next = ServletUriComponentsBuilder.fromCurrentRequest()
                    .replaceQueryParam("cursor", nextCursor)
                    .build();
            response.header(HttpHeaders.LINK, "<%s?%s>; rel=\"next\"".formatted(next.getPath(), next.getQuery()));
        }
        return response.body(this);
    }
}
