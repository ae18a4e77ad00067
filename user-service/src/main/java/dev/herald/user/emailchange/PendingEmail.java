package dev.herald.user.emailchange;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

record PendingEmail(
        @Schema(example = "ada.king@example.com", description = "Absent if the request was withdrawn") @Nullable
        String pendingEmail) {}
