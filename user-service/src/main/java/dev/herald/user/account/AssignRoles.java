package dev.herald.user.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.Set;

record AssignRoles(
        @Schema(example = "[\"USER\", \"ADMIN\"]") @NotEmpty Set<@NotNull Role> roles) {}
