package dev.herald.user.account;

import dev.herald.platform.email.Mailable;
import dev.herald.platform.json.AbsentNotNull;
import dev.herald.platform.validation.Text;
import dev.herald.user.password.NewPassword;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** {@code toString} hides personal data and the password. */
record RegisterUser(
        @Schema(example = "Ada Lovelace") @NotNull @Text(max = 100)
        String name,

        @Schema(example = "ada@example.com") @NotNull @Mailable
        String email,

        @Schema(example = "correct horse 42") @NotNull @NewPassword
        String password,

        @JsonDeserialize(using = AbsentNotNull.class) @Size(max = 10) @Nullable
        List<@NotNull @Valid NewPost> posts) {

    /** @param published false if absent */
    record NewPost(
            @Schema(example = "Notes on the Analytical Engine") @NotNull @Text(max = 200)
            String title,

            @Schema(example = "It might act upon other things besides number.") @NotNull @Text(max = 20_000)
            String content,

            @JsonDeserialize(using = AbsentNotNull.class) @Nullable
            Boolean published) {}

    @Override
    public String toString() {
        return "RegisterUser[]";
    }
}
