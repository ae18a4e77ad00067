package dev.herald.platform.parameter;

import dev.herald.platform.id.CanonicalUuid;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.beans.PropertyEditorRegistrar;
import org.springframework.beans.PropertyEditorRegistry;

/**
 * Accepts only canonical UUIDs. An editor, because after a converter had refused a text Spring would try its own lenient
 * editor.
 */
final class CanonicalUuidEditor extends PropertyEditorSupport {

    /** For every binding, because Spring would look for an {@code @InitBinder} by reflection in each. */
    static final PropertyEditorRegistrar REGISTRAR = CanonicalUuidEditor::register;

    private static void register(PropertyEditorRegistry editors) {
        editors.registerCustomEditor(UUID.class, new CanonicalUuidEditor());
    }

    @Override
    public void setAsText(String text) {
        setValue(CanonicalUuid.parse(text));
    }
}
