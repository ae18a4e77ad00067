package dev.herald.user.recovery;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.user.password.PasswordGate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/auth")
@Tag(name = "Account by mail")
class RecoveryController {

    private final Recovery recovery;
    private final PasswordGate gate;

    RecoveryController(Recovery recovery, PasswordGate gate) {
        this.recovery = recovery;
        this.gate = gate;
    }

    @PostMapping("/forgot-password")
    @Operation(
            summary = "Mails a link that sets a new password",
            description = "Needs no token. The answer is the same whether an account has the address or not. "
                    + "One mail a minute and five an hour at most.")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void forgotPassword(@Valid @RequestBody ForgotPassword request) {
        recovery.forgotPassword(request.email());
    }

    @PostMapping("/reset-password")
    @Operation(
            summary = "Sets a new password by the token of a mailed link",
            description =
                    "Needs no access token. The link is valid for an hour, once; a refused password does not use it. "
                            + "All sessions of the user end, and the address counts as verified.")
    @ProblemResponses({ProblemCode.TOKEN_EXPIRED_OR_USED, ProblemCode.OVERLOADED})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetPassword(@Valid @RequestBody ResetPassword request) {
        gate.pass(() -> recovery.resetPassword(request.token(), request.newPassword()));
    }
}
