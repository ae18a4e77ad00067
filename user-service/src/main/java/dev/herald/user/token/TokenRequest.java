package dev.herald.user.token;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Any text is accepted as token, because a wrong token has its own problem code. {@code toString} hides it. */
public record TokenRequest(
        @Schema(example = "jvY3gq0bYxk…") @NotNull @Text String token) {

    @Override
    public String toString() {
        return "TokenRequest[]";
    }
}
