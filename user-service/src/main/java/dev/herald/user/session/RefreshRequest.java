package dev.herald.user.session;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** {@code toString} hides the token. */
record RefreshRequest(
        @Schema(example = "jvY3gq0bYxk…") @NotNull @Text(max = 200)
        String refreshToken) {

    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
