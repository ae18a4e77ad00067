package dev.herald.user.account;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;

/** What a user may say about themselves, whole. */
record UpdateUser(
        @Schema(example = "Ada King") @NotNull @Text(max = 100)
        String name,

        @Schema(example = "ada@example.com") @NotNull @Email @Text(max = 254)
        String email) {}
