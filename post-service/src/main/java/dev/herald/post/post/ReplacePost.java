package dev.herald.post.post;

import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

record ReplacePost(
        @Schema(example = "Notes on the Analytical Engine") @NotNull @Text(max = 200)
        String title,

        @Schema(example = "It might act upon other things besides number.") @NotNull @Text(max = 20_000)
        String content,

        @NotNull Boolean published) {}
