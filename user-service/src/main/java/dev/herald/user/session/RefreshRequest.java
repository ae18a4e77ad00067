package dev.herald.user.session;

import dev.herald.platform.problem.MalformedRequest;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code toString} hides the token, which is null if it is in a cookie. */
record RefreshRequest(
        @Schema(example = "jvY3gq0bYxk…") @Nullable @Text(max = 200)
        String refreshToken) {

    /** Null for an empty body. */
    static @Nullable RefreshRequest read(byte @Nullable [] body, JsonMapper json) {
        try {
            return body == null || body.length == 0 ? null : json.readValue(body, RefreshRequest.class);
        } catch (JacksonException e) {
            throw new MalformedRequest("The body is not the JSON object that is expected here.");
        }
    }

    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
