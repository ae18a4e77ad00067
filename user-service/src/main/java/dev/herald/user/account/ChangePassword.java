package dev.herald.user.account;

import dev.herald.platform.validation.Text;
import dev.herald.user.password.NewPassword;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** {@code toString} hides the passwords. */
record ChangePassword(
        @Schema(example = "correct horse 42") @NotNull @Text(max = 128, countedIn = Text.Form.NFKC)
        String currentPassword,

        @Schema(example = "wrong zebra 43") @NotNull @NewPassword
        String newPassword) {

    @Override
    public String toString() {
        return "ChangePassword[]";
    }
}
