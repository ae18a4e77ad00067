package dev.herald.user.recovery;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Any text is accepted as address, as at a login. {@code toString} hides it. */
record ForgotPassword(
        @Schema(example = "ada@example.com") @NotNull @Text String email) {

    @Override
    public String toString() {
        return "ForgotPassword[]";
    }
}
