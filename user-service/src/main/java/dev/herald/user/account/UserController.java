package dev.herald.user.account;

import dev.herald.platform.client.Client;
import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.conditional.WithETag;
import dev.herald.platform.idempotency.Idempotency;
import dev.herald.platform.idempotency.WithIdempotencyKey;
import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.platform.validation.OneOf;
import dev.herald.platform.validation.Text;
import dev.herald.user.password.PasswordGate;
import dev.herald.user.post.IncludedPosts;
import dev.herald.user.post.PostView;
import dev.herald.user.post.UserPosts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/users")
@Tag(name = "Users", description = "Accounts")
class UserController {

    private final Registration registration;
    private final Accounts accounts;
    private final UserList list;
    private final UserPosts posts;
    private final Idempotency idempotency;
    private final PasswordGate gate;

    UserController(
            Registration registration,
            Accounts accounts,
            UserList list,
            UserPosts posts,
            Idempotency idempotency,
            PasswordGate gate) {
        this.registration = registration;
        this.accounts = accounts;
        this.list = list;
        this.posts = posts;
        this.idempotency = idempotency;
        this.gate = gate;
    }

    /**
     * Hashes the password outside of the transaction. {@link Registration#register} opens the transaction, or joins that
     * of an {@code Idempotency-Key}.
     */
    @PostMapping
    @Operation(
            summary = "Registers a user",
            description =
                    "Needs no token. The user has the role `USER` and gets a welcome email with a link that verifies the address. `posts` are their first posts, "
                            + "which the post service takes over some moments later.")
    @ProblemResponses({ProblemCode.EMAIL_TAKEN, ProblemCode.OVERLOADED})
    @WithETag("0-whole")
    @WithIdempotencyKey
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<MeView> register(@Valid @RequestBody RegisterUser request, Client client) {
        return idempotency.once(request, () -> gate.pass(() -> registration.prepare(request)), prepared -> {
            UserSnapshot user = registration.register(prepared, Set.of(Role.USER), client.network());
            List<PostView> posts = request.posts() == null ? null : firstPosts(prepared, user);
            return ResponseEntity.created(URI.create("/api/users/" + user.id()))
                    .eTag(user.etag(true))
                    .body(MeView.of(user, posts));
        });
    }

    private static List<PostView> firstPosts(Registration.Prepared registration, UserSnapshot author) {
        return registration.posts().stream()
                .map(post -> PostView.of(post, author.id(), author.name(), author.createdAt()))
                .toList();
    }

    @GetMapping
    @Operation(
            summary = "Lists the users, newest first",
            description =
                    "`email`, `emailVerified`, `pendingEmail` and `roles` are shown only of the caller, and to administrators.")
    ResponseEntity<Page<UserView>> list(
            @Parameter(description = "A prefix of the name; upper and lower case are equal")
                    @RequestParam(required = false)
                    @Text(max = 100)
                    @Nullable
                    String name,
            @Parameter(description = "A date-time, or a date, which means its midnight in UTC; exclusive")
                    @RequestParam(required = false)
                    @Nullable
                    Instant registeredAfter,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal Caller caller) {
        Cursor after = cursor == null ? null : Cursor.decode(cursor, UserList.SORT_COLUMNS);
        List<UserSnapshot> users = list.find(new UserList.Filter(name, registeredAfter, after), limit + 1);
        return Page.of(users, limit, user -> Cursor.of(user.createdAt(), user.id()))
                .map(user -> UserView.of(user, caller.isSelfOrAdmin(user.id())))
                .toResponse();
    }

    @GetMapping("/me")
    @Operation(
            summary = "Shows the caller",
            description =
                    "The user to whom the access token belongs, with `email`, `emailVerified`, `pendingEmail` and `roles`.")
    @ProblemResponses(ProblemCode.USER_NOT_FOUND)
    @WithETag("0-whole")
    ResponseEntity<MeView> readMe(Preconditions preconditions, @AuthenticationPrincipal Caller caller) {
        UserSnapshot me = accounts.read(caller.id());
        return preconditions.answer(me.etag(true), MeView.of(me, null));
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Shows a user, with their newest posts if asked for",
            description =
                    "`email`, `emailVerified`, `pendingEmail` and `roles` are shown only of the caller, and to administrators. With `include=posts`, `posts` is null "
                            + "and `degraded` contains `posts`, if post-service does not answer.")
    @ProblemResponses(ProblemCode.USER_NOT_FOUND)
    @WithETag("0-whole")
    ResponseEntity<UserView> read(
            @PathVariable UUID id,
            @Parameter(description = "`posts`: the newest 20 that the caller may see. There is no `ETag` then")
                    @RequestParam(required = false)
                    @OneOf("posts")
                    @Nullable
                    String include,
            Preconditions preconditions,
            @AuthenticationPrincipal Caller caller) {
        if (include != null) {
            return readWithPosts(id, caller);
        }
        UserSnapshot user = accounts.read(id);
        boolean whole = caller.isSelfOrAdmin(id);
        return preconditions.answer(user.etag(whole), UserView.of(user, whole));
    }

    private ResponseEntity<UserView> readWithPosts(UUID id, Caller caller) {
        CompletableFuture<Optional<List<PostView>>> newest = posts.newestOf(id);
        UserSnapshot user = accounts.read(id);
        IncludedPosts included = new IncludedPosts(newest.join().orElse(null));
        return ResponseEntity.ok(UserView.of(user, caller.isSelfOrAdmin(id), included));
    }

    @PutMapping("/{id}")
    @Operation(
            summary = "Replaces a user's name and address",
            description =
                    "For the user and for administrators. Both fields are needed; `If-Match` refuses to overwrite another change. "
                            + "Only an administrator may give another user a new address here, which is unverified then.")
    @ProblemResponses({
        ProblemCode.FORBIDDEN,
        ProblemCode.USER_NOT_FOUND,
        ProblemCode.EMAIL_TAKEN,
        ProblemCode.EMAIL_CHANGE_NEEDS_CONFIRMATION
    })
    @WithETag("0-whole")
    ResponseEntity<UserView> update(
            @PathVariable UUID id,
            @RequestBody UpdateUser request,
            Preconditions preconditions,
            @AuthenticationPrincipal Caller caller) {
        caller.requireSelfOrAdmin(id);
        UserSnapshot updated = accounts.update(id, request, preconditions, caller);
        return ResponseEntity.ok().eTag(updated.etag(true)).body(UserView.of(updated, true));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Deletes a user, and ends their sessions",
            description = "For the user and for administrators. Their posts and emails are deleted some moments later.")
    @ProblemResponses({ProblemCode.FORBIDDEN, ProblemCode.USER_NOT_FOUND})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Preconditions preconditions, @AuthenticationPrincipal Caller caller) {
        caller.requireSelfOrAdmin(id);
        accounts.delete(id, preconditions);
    }
}
