package dev.herald.user.verification;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.user.token.TokenRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Account by mail", description = "What an account's owner does by links in emails")
class VerificationController {

    private final Verification verification;

    VerificationController(Verification verification) {
        this.verification = verification;
    }

    @PostMapping("/api/auth/verify-email")
    @Operation(
            summary = "Verifies an address by the token of a mailed link",
            description = "Needs no access token. The link is valid for 24 hours, once.")
    @ProblemResponses(ProblemCode.TOKEN_EXPIRED_OR_USED)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void verify(@Valid @RequestBody TokenRequest request) {
        verification.verify(request.token());
    }

    @PostMapping("/api/users/me/verification")
    @Operation(
            summary = "Mails the caller another link that verifies their address",
            description = "Nothing is mailed if the address is verified. One mail a minute and five an hour at most.")
    @ProblemResponses({ProblemCode.TOO_MANY_ATTEMPTS, ProblemCode.USER_NOT_FOUND})
    @ResponseStatus(HttpStatus.ACCEPTED)
    void sendLink(@AuthenticationPrincipal Caller caller) {
        verification.sendLink(caller.id());
    }
}
