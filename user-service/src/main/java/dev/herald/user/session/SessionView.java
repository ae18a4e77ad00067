package dev.herald.user.session;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Session")
record SessionView(
        @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d")
        UUID id,

        @Schema(description = "The login", example = "2026-02-03T09:15:00Z")
        Instant createdAt,

        @Schema(description = "The last login or refresh", example = "2026-02-04T18:30:00Z")
        Instant lastUsedAt,

        @Schema(
                description = "The header `User-Agent` of that login or refresh",
                example = "Mozilla/5.0 (X11; Linux x86_64)")
        @Nullable
        String userAgent,

        @Schema(description = "The network from which it came, IPv4 /24 or IPv6 /64", example = "192.0.2.0/24")
        @Nullable
        String network,

        @Schema(description = "Whether it is the session of the request's access token", example = "true")
        boolean current) {}
