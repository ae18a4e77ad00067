package dev.herald.user.session;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Any text is accepted as address, because old accounts may have one that is not valid today. {@code toString} hides everything. */
record LoginRequest(
        @Schema(example = "ada@example.com") @NotNull @Text String email,

        @Schema(example = "correct horse 42") @NotNull @Text(max = 128, countedIn = Text.Form.NFKC)
        String password) {

    @Override
    public String toString() {
        return "LoginRequest[]";
    }
}
