package dev.herald.user.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.Set;

/** All the roles that a user is to have. */
record AssignRoles(
        @Schema(example = "[\"USER\", \"ADMIN\"]") @NotEmpty Set<@NotNull Role> roles) {}
