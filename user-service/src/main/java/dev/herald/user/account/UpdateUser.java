package dev.herald.user.account;

import dev.herald.platform.email.Mailable;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The fields of a user that they may change. An address that the user has already is accepted, though it may not be valid. */
record UpdateUser(
        @Schema(example = "Ada King") @NotNull @Text(max = 100)
        String name,

        @Schema(example = "ada@example.com") @NotNull @Mailable
        String email) {}
