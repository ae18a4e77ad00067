package dev.herald.platform.parameter;

import dev.herald.platform.id.CanonicalUuid;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.beans.PropertyEditorRegistrar;
import org.springframework.beans.PropertyEditorRegistry;

/**
 * Accepts only canonical UUIDs. It is an editor and not a converter, because Spring tries its own lenient editor after
 * a converter has refused a text.
 */
final class CanonicalUuidEditor extends PropertyEditorSupport {

    /**
     * Registered for all bindings at once: with an {@code @InitBinder} method, each binding would cost a look-up by
     * reflection.
     */
    static final PropertyEditorRegistrar REGISTRAR = CanonicalUuidEditor::register;

    private static void register(PropertyEditorRegistry editors) {
        editors.registerCustomEditor(UUID.class, new CanonicalUuidEditor());
    }

    @Override
    public void setAsText(String text) {
        setValue(CanonicalUuid.parse(text));
    }
}
