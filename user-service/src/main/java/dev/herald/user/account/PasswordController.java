package dev.herald.user.account;

import dev.herald.platform.client.Client;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.user.password.PasswordGate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Users")
class PasswordController {

    private final Accounts accounts;
    private final PasswordGate gate;

    PasswordController(Accounts accounts, PasswordGate gate) {
        this.accounts = accounts;
        this.gate = gate;
    }

    @PutMapping("/api/users/me/password")
    @Operation(
            summary = "Changes the caller's password, and ends their other sessions",
            description = "The session of this request goes on. A wrong `currentPassword` is `wrong-password`.")
    @ProblemResponses({
        ProblemCode.WRONG_PASSWORD,
        ProblemCode.TOO_MANY_ATTEMPTS,
        ProblemCode.USER_NOT_FOUND,
        ProblemCode.OVERLOADED
    })
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(
            @Valid @RequestBody ChangePassword request, Client client, @AuthenticationPrincipal Caller caller) {
        gate.pass(() -> accounts.changePassword(caller, request, client.network()));
    }
}
