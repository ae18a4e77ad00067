package dev.herald.user.emailchange;

import dev.herald.platform.email.Mailable;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** {@code toString} hides the address and the password. */
record ChangeEmail(
        @Schema(example = "ada.king@example.com") @NotNull @Mailable
        String newEmail,

        @Schema(example = "correct horse 42") @NotNull @Text(max = 128, countedIn = Text.Form.NFKC)
        String currentPassword) {

    @Override
    public String toString() {
        return "ChangeEmail[]";
    }
}
