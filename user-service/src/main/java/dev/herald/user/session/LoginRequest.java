package dev.herald.user.session;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Its {@code toString} keeps the password to itself. */
record LoginRequest(
        @Schema(example = "ada@example.com") @NotNull @Text(max = 254)
        String email,

        @Schema(example = "correct horse 42") @NotNull @Text(max = 128)
        String password) {

    @Override
    public String toString() {
        return "LoginRequest[email=" + email + "]";
    }
}
