package dev.herald.user.emailchange;

import dev.herald.platform.client.Client;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.user.password.PasswordGate;
import dev.herald.user.token.TokenRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Account by mail")
class EmailChangeController {

    private final EmailChange change;
    private final PasswordGate gate;

    EmailChangeController(EmailChange change, PasswordGate gate) {
        this.change = change;
        this.gate = gate;
    }

    @PutMapping("/api/users/me/email")
    @Operation(
            summary = "Asks for a new address of the caller, which a mailed link confirms",
            description =
                    "The new address is `pendingEmail` until its link is opened. The current address gets an email whose "
                            + "link undoes the change for seven days. The current address as `newEmail` withdraws the request.")
    @ProblemResponses({
        ProblemCode.WRONG_PASSWORD,
        ProblemCode.EMAIL_TAKEN,
        ProblemCode.TOO_MANY_ATTEMPTS,
        ProblemCode.USER_NOT_FOUND,
        ProblemCode.OVERLOADED
    })
    @ResponseStatus(HttpStatus.ACCEPTED)
    PendingEmail request(
            @Valid @RequestBody ChangeEmail request, Client client, @AuthenticationPrincipal Caller caller) {
        return new PendingEmail(gate.pass(() -> change.request(caller.id(), request, client.network()))
                .orElse(null));
    }

    @PostMapping("/api/auth/confirm-email")
    @Operation(
            summary = "Confirms a new address by the token of a mailed link",
            description = "Needs no access token. The link is valid for 24 hours, once.")
    @ProblemResponses({ProblemCode.TOKEN_EXPIRED_OR_USED, ProblemCode.EMAIL_TAKEN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirm(@Valid @RequestBody TokenRequest request) {
        change.confirm(request.token());
    }

    @PostMapping("/api/auth/undo-email-change")
    @Operation(
            summary = "Returns to the old address by the token of a link that was mailed there",
            description = "Needs no access token. The link is valid for seven days, once. "
                    + "All sessions of the user end. The password and the links that were mailed before become invalid; "
                    + "a link that sets a new password is mailed to the old address.")
    @ProblemResponses({ProblemCode.TOKEN_EXPIRED_OR_USED, ProblemCode.EMAIL_TAKEN, ProblemCode.OVERLOADED})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void undo(@Valid @RequestBody TokenRequest request) {
        gate.pass(() -> change.undo(request.token()));
    }
}
