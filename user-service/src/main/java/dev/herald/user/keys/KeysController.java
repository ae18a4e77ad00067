package dev.herald.user.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sessions")
class KeysController {

    private final SigningKeys keys;

    KeysController(SigningKeys keys) {
        this.keys = keys;
    }

    @Operation(
            summary = "Shows the public keys that check access tokens (RFC 7517)",
            description =
                    "Needs no token. A key is listed before it signs and until its last token has expired; the answer may be cached.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(type = "object", description = "A JWK set"),
                            examples = @ExampleObject("""
                                            {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d",
                                              "e": "AQAB", "n": "sXch2kKn…"}]}
                                            """)))
    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> publicKeys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(keys.publicKeys().getBytes(UTF_8));
    }
}
