package dev.herald.user.session;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code toString} hides the token, which is null if it is in a cookie. */
record RefreshRequest(
        @Schema(example = "jvY3gq0bYxk…") @Nullable @Text(max = 200)
        String refreshToken) {

    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
