package dev.herald.platform.description;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** References between schemas, followed. */
final class Schemas {

    private Schemas() {}

    /** The schema itself, or the one that it refers to; {@code null} if that is not there. */
    @SuppressWarnings("rawtypes") // as the library has it
    static @Nullable Schema<?> resolve(Schema<?> schema, Map<String, Schema> named) {
        String reference = schema.get$ref();
        return reference == null ? schema : named.get(reference.substring(reference.lastIndexOf('/') + 1));
    }
}
