package dev.herald.user.recovery;

import dev.herald.platform.validation.Text;
import dev.herald.user.password.NewPassword;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** {@code toString} hides the token and the password. */
record ResetPassword(
        @Schema(example = "jvY3gq0bYxk…") @NotNull @Text String token,

        @Schema(example = "wrong zebra 43") @NotNull @NewPassword
        String newPassword) {

    @Override
    public String toString() {
        return "ResetPassword[]";
    }
}
