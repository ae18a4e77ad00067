package dev.herald.post.author;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Authors", description = "Who writes, as post-service knows them from the user events")
class AuthorController {

    private final Authors authors;

    AuthorController(Authors authors) {
        this.authors = authors;
    }

    @GetMapping("/api/authors")
    @Operation(summary = "Lists the authors by name")
    ResponseEntity<Page<AuthorView>> list(
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Cursor after = cursor == null ? null : Cursor.decode(cursor, Authors.SORT_COLUMNS);
        return Page.of(authors.byName(after, limit + 1), limit, author -> Cursor.of(author.name(), author.id()))
                .toResponse();
    }
}
