package dev.herald.post.post;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.conditional.WithETag;
import dev.herald.platform.idempotency.Idempotency;
import dev.herald.platform.idempotency.WithIdempotencyKey;
import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.platform.validation.Text;
import dev.herald.post.author.AuthorDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Posts", description = "Posts and drafts; a draft is shown only to its author and to administrators")
class PostController {

    private final PostWriter authoring;
    private final PostList posts;
    private final AuthorDirectory authors;
    private final Idempotency idempotency;

    PostController(PostWriter authoring, PostList posts, AuthorDirectory authors, Idempotency idempotency) {
        this.authoring = authoring;
        this.posts = posts;
        this.authors = authors;
        this.idempotency = idempotency;
    }

    @PostMapping("/api/posts")
    @Operation(
            summary = "Writes a post",
            description =
                    "The caller is its author. Without `published` it is a draft, which only the author and administrators see.")
    @ProblemResponses({ProblemCode.USER_NOT_FOUND, ProblemCode.UPSTREAM_UNAVAILABLE})
    @WithETag("0-0")
    @WithIdempotencyKey
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PostView> write(@Valid @RequestBody WritePost request, @AuthenticationPrincipal Caller caller) {
        return idempotency.once(request, () -> authors.findOrFetch(caller.id()), author -> {
            PostSnapshot post = authoring.write(author, request);
            return ResponseEntity.created(URI.create("/api/posts/" + post.id()))
                    .eTag(post.etag())
                    .body(PostView.of(post));
        });
    }

    @GetMapping("/api/posts")
    @Operation(
            summary = "Lists the posts, newest first",
            description = "Drafts are listed only for their author and for administrators. All given filters apply.")
    ResponseEntity<Page<PostView>> list(
            @Parameter(description = "`true` for published posts only, `false` for drafts only")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean published,
            @Parameter(description = "The author's id") @RequestParam(required = false) @Nullable UUID authorId,
            @Parameter(
                            description =
                                    "The author's email address. Upper and lower case of ASCII letters are equal; domains are compared as A-labels")
                    @RequestParam(required = false)
                    @Text(max = 254)
                    @Nullable
                    String authorEmail,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal Caller caller) {
        return page(published, authors(authorId, authorEmail), limit, cursor, caller);
    }

    @GetMapping("/api/users/{id}/posts")
    @Operation(
            summary = "Lists a user's posts, newest first",
            description =
                    "The same as `/api/posts` with `authorId`. A user without posts, or an unknown one, has an empty list.")
    ResponseEntity<Page<PostView>> listOfUser(
            @PathVariable UUID id,
            @Parameter(description = "`true` for published posts only, `false` for drafts only")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean published,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal Caller caller) {
        return page(published, List.of(id), limit, cursor, caller);
    }

    @GetMapping("/api/posts/{id}")
    @Operation(
            summary = "Shows a post",
            description = "Another author's draft is `post-not-found`. With `If-None-Match` an unchanged post is 304.")
    @ProblemResponses(ProblemCode.POST_NOT_FOUND)
    @WithETag("0-0")
    ResponseEntity<PostView> read(
            @PathVariable UUID id, Preconditions preconditions, @AuthenticationPrincipal Caller caller) {
        PostSnapshot post =
                posts.find(id).filter(found -> found.isVisibleTo(caller)).orElseThrow(() -> new PostNotFound(id));
        return preconditions.answer(post.etag(), PostView.of(post));
    }

    @PutMapping("/api/posts/{id}")
    @Operation(
            summary = "Replaces a post; publishes it, or makes it a draft again",
            description =
                    "For its author and for administrators. All three fields are needed; `If-Match` refuses to overwrite another change.")
    @ProblemResponses({ProblemCode.FORBIDDEN, ProblemCode.POST_NOT_FOUND})
    @WithETag("0-0")
    ResponseEntity<PostView> replace(
            @PathVariable UUID id,
            @Valid @RequestBody ReplacePost request,
            Preconditions preconditions,
            @AuthenticationPrincipal Caller caller) {
        return answer(authoring.replace(id, request, caller, preconditions));
    }

    @DeleteMapping("/api/posts/{id}")
    @Operation(
            summary = "Deletes a post",
            description =
                    "For its author and for administrators. `If-Match` refuses to delete a post that has changed.")
    @ProblemResponses({ProblemCode.FORBIDDEN, ProblemCode.POST_NOT_FOUND})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Preconditions preconditions, @AuthenticationPrincipal Caller caller) {
        authoring.delete(id, caller, preconditions);
    }

    private ResponseEntity<Page<PostView>> page(
            @Nullable Boolean published,
            @Nullable List<UUID> authors,
            int limit,
            @Nullable String cursor,
            Caller caller) {
        Cursor last = cursor == null ? null : Cursor.decode(cursor, PostList.SORT_COLUMNS);
        List<PostSnapshot> found = authors != null && authors.isEmpty()
                ? List.of()
                : posts.find(new PostList.Filter(published, authors, last), caller, limit + 1);
        return Page.of(found, limit, post -> Cursor.of(post.createdAt(), post.id()))
                .map(PostView::of)
                .toResponse();
    }

    /** Null means all authors. */
    private @Nullable List<UUID> authors(@Nullable UUID id, @Nullable String email) {
        if (email == null) {
            return id == null ? null : List.of(id);
        }
        return authors.withEmail(email).stream()
                .filter(author -> id == null || author.equals(id))
                .toList();
    }

    private static ResponseEntity<PostView> answer(PostSnapshot post) {
        return ResponseEntity.ok().eTag(post.etag()).body(PostView.of(post));
    }
}
