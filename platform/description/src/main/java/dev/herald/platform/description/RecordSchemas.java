package dev.herald.platform.description;

import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.email.Mailable;
import dev.herald.platform.validation.Text;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Adds what springdoc does not know to the schema of a record: each component that is not {@code @Nullable} is required, and
 * a {@link Text} or a {@link Mailable} address has bounds.
 */
@SuppressWarnings("rawtypes") // ModelConverter declares the raw type
final class RecordSchemas implements ModelConverter {

    @Override
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> java = Json31.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && java.isRecord()) {
            String reference = resolved.get$ref();
            Schema<?> model = reference == null
                    ? resolved
                    : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
            for (RecordComponent component : java.getRecordComponents()) {
                describe(component, model);
            }
        }
        return resolved;
    }

    private static void describe(RecordComponent component, @Nullable Schema<?> model) {
        String name = component.getName();
        Schema<?> property = model == null || model.getProperties() == null
                ? null
                : model.getProperties().get(name);
        if (model == null || property == null) {
            return;
        }
        boolean marked = component.getDeclaringRecord().getPackage().isAnnotationPresent(NullMarked.class);
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        // A model is resolved once for each reference to it.
        boolean known = model.getRequired() != null && model.getRequired().contains(name);
        if (marked && !nullable && !known) {
            model.addRequiredItem(name);
        }
        if (component.isAnnotationPresent(Mailable.class)) {
            property.format("email").minLength(1).maxLength(EmailAddress.MAX_LENGTH);
        }
        Text text = AnnotatedElementUtils.getMergedAnnotation(component, Text.class);
        if (text != null) {
            property.minLength(text.min()).maxLength(text.max() == Integer.MAX_VALUE ? null : text.max());
        }
    }
}
