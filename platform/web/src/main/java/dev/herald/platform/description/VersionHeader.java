package dev.herald.platform.description;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcProperties;

/**
 * The request header in which Spring reads the API's version, if it reads one.
 *
 * @param name of the header; {@code null} where the service knows no versions
 * @param standard the version of a request that names none
 * @param supported the versions that may be named
 */
record VersionHeader(@Nullable String name, @Nullable String standard, List<String> supported) {

    private static final String DESCRIPTION =
            "The version of the API; the path `/api/v1/…` says the same. Without it the current version answers.";

    static VersionHeader of(WebMvcProperties.Apiversion versions) {
        return new VersionHeader(
                versions.getUse().getHeader(),
                versions.getDefaultVersion(),
                Objects.requireNonNullElse(versions.getSupported(), List.of()));
    }

    Parameter parameter() {
        JsonSchema schema = new JsonSchema();
        schema.typesItem("string").setDefault(standard);
        supported.forEach(schema::addEnumItemObject);
        return new Parameter()
                .name(name)
                .in("header")
                .description(DESCRIPTION)
                .schema(schema)
                .example(standard);
    }
}
