package dev.herald.platform.description;

import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole examples of bodies, put together from those of their fields ({@code @Schema(example = …)}). */
@SuppressWarnings("rawtypes") // as the library has it
record BodyExamples(Map<String, Schema> named) {

    static final String ID = "019985fe-112a-7000-8abc-351ab2f1cd00";

    private static final Map<String, Object> BY_FORMAT = Map.of("uuid", ID, "date-time", "2026-01-31T12:34:56.789012Z");

    void addTo(@Nullable Content content) {
        if (content != null) {
            content.values().stream()
                    .filter(body -> body.getSchema() != null && body.getExample() == null && body.getExamples() == null)
                    .forEach(this::addTo);
        }
    }

    /** An example that is set to {@code null} would be written. */
    private void addTo(MediaType body) {
        Object example = of(body.getSchema());
        if (example != null) {
            body.setExample(example);
        }
    }

    private @Nullable Object of(Schema<?> schema) {
        Object own = own(schema);
        if (own != null) {
            return own;
        }
        if (schema.get$ref() != null) {
            Schema<?> target = Schemas.resolve(schema, named);
            return target == null ? null : of(target);
        }
        if (schema.getItems() != null) {
            Object item = of(schema.getItems());
            return item == null ? null : List.of(item);
        }
        if (schema.getProperties() != null) {
            return fields(schema.getProperties());
        }
        if (schema.getTypes() != null && schema.getTypes().contains("boolean")) {
            return true;
        }
        return schema.getFormat() == null ? null : BY_FORMAT.get(schema.getFormat());
    }

    private static @Nullable Object own(Schema<?> schema) {
        if (schema.getExample() != null) {
            return schema.getExample();
        }
        if (schema.getExamples() != null) {
            return schema.getExamples().getFirst();
        }
        return schema.getEnum() == null ? schema.getDefault() : schema.getEnum().getFirst();
    }

    private @Nullable Object fields(Map<String, Schema> properties) {
        Map<String, Object> fields = new LinkedHashMap<>();
        properties.forEach((name, property) -> {
            Object field = of(property);
            if (field != null) {
                fields.put(name, field);
            }
        });
        return fields.isEmpty() ? null : fields;
    }
}
