package dev.herald.user.account;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.conditional.WithETag;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Users")
class RolesController {

    private final Accounts accounts;

    RolesController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PutMapping("/api/users/{id}/roles")
    @Operation(
            summary = "Gives a user their roles, and ends their sessions; for administrators",
            description = "The roles in the body replace all that the user has. New tokens carry them.")
    @ProblemResponses({ProblemCode.FORBIDDEN, ProblemCode.USER_NOT_FOUND})
    @WithETag("0-whole")
    ResponseEntity<UserView> assignRoles(
            @PathVariable UUID id,
            @Valid @RequestBody AssignRoles request,
            Preconditions preconditions,
            @AuthenticationPrincipal Caller caller) {
        caller.requireAdmin();
        UserSnapshot user = accounts.assignRoles(id, request.roles(), preconditions);
        return ResponseEntity.ok().eTag(user.etag(true)).body(UserView.of(user, true));
    }
}
