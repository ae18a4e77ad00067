package dev.herald.post.author;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import dev.herald.platform.validation.OneOf;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Authors", description = "The users as authors of posts, copied from the user events")
class AuthorController {

    private static final String BY_NAME = "name";
    private static final String BY_POST_COUNT = "-postCount";

    private final AuthorList authors;

    AuthorController(AuthorList authors) {
        this.authors = authors;
    }

    @GetMapping("/api/authors")
    @Operation(
            summary = "Lists the authors, by name or by the number of their published posts",
            description =
                    "Every user is an author, with or without posts. A new user is listed some moments after the registration.")
    ResponseEntity<Page<AuthorView>> list(
            @Parameter(description = "A date-time, or a date, which means its midnight in UTC; exclusive")
                    @RequestParam(required = false)
                    @Nullable
                    Instant registeredAfter,
            @Parameter(description = "`name`, or `-postCount`: those with the most posts first")
                    @RequestParam(defaultValue = BY_NAME)
                    @OneOf({BY_NAME, BY_POST_COUNT})
                    String sort,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return (sort.equals(BY_NAME)
                        ? byName(registeredAfter, limit, cursor)
                        : byPostCount(registeredAfter, limit, cursor))
                .toResponse();
    }

    private Page<AuthorView> byName(@Nullable Instant registeredAfter, int limit, @Nullable String cursor) {
        Cursor last = cursor == null ? null : Cursor.decode(cursor, 2);
        return Page.of(
                authors.byName(registeredAfter, last, limit + 1),
                limit,
                author -> Cursor.of(author.name(), author.id()));
    }

    private Page<AuthorView> byPostCount(@Nullable Instant registeredAfter, int limit, @Nullable String cursor) {
        Cursor last = cursor == null ? null : Cursor.decode(cursor, 3);
        return Page.of(
                authors.byPostCount(registeredAfter, last, limit + 1),
                limit,
                author -> Cursor.of(author.postCount(), author.name(), author.id()));
    }
}
