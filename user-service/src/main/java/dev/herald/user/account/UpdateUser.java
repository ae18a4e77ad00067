package dev.herald.user.account;

import dev.herald.platform.email.Mailable;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Validated by {@link Accounts}: an older account may keep an address that {@link Mailable} refuses today. */
record UpdateUser(
        @Schema(example = "Ada King") @NotNull @Text(max = 100)
        String name,

        @Schema(example = "ada@example.com") @NotNull @Mailable
        String email) {}
