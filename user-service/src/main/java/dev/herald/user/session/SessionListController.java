package dev.herald.user.session;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/users/me/sessions")
@Tag(name = "Sessions")
class SessionListController {

    private final SessionList list;
    private final Sessions sessions;

    SessionListController(SessionList list, Sessions sessions) {
        this.list = list;
        this.sessions = sessions;
    }

    @GetMapping
    @Operation(
            summary = "Lists the caller's sessions, newest first",
            description =
                    "Only sessions that have neither ended nor expired, each with its last use, client and network.")
    ResponseEntity<Page<SessionView>> listSessions(
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal Caller caller) {
        Cursor after = cursor == null ? null : Cursor.decode(cursor, SessionList.SORT_COLUMNS);
        List<SessionView> found = list.find(caller, after, limit + 1);
        return Page.of(found, limit, session -> Cursor.of(session.createdAt(), session.id()))
                .toResponse();
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Ends one of the caller's sessions",
            description = "Its tokens are refused within a second. The current session may be ended too.")
    @ProblemResponses(ProblemCode.SESSION_NOT_FOUND)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable UUID id, @AuthenticationPrincipal Caller caller) {
        sessions.end(id, caller.id());
    }

    @DeleteMapping
    @Operation(
            summary = "Ends the caller's other sessions",
            description = "All but the session of the access token. Their tokens are refused within a second.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endOtherSessions(@AuthenticationPrincipal Caller caller) {
        sessions.endAllExcept(caller.sessionId(), caller.id());
    }
}
