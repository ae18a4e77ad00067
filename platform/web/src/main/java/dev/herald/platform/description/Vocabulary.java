package dev.herald.platform.description;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.function.SingletonSupplier;

/** What has the same name and meaning in every service: {@code api-description.json}, read when it is first asked for. */
final class Vocabulary {

    private final SingletonSupplier<Components> components = SingletonSupplier.of(Vocabulary::read);

    private static Components read() {
        try (InputStream resource = new ClassPathResource("api-description.json").getInputStream()) {
            return Json31.mapper().readValue(resource, Components.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SecurityScheme bearer() {
        return named("bearer", components.obtain().getSecuritySchemes());
    }

    Schema<?> problem() {
        return named("Problem", components.obtain().getSchemas());
    }

    Header header(String name) {
        return named(name, components.obtain().getHeaders());
    }

    Optional<Parameter> parameter(String name) {
        return Optional.ofNullable(components.obtain().getParameters().get(name));
    }

    private static <T> T named(String name, Map<String, T> parts) {
        return Objects.requireNonNull(parts.get(name), name);
    }
}
