package dev.herald.platform.parameter;

import dev.herald.platform.id.CanonicalUuid;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.beans.PropertyEditorRegistrar;
import org.springframework.beans.PropertyEditorRegistry;

/**
 * Reads ids in paths and parameters strictly. An editor, because Spring would try its own lenient one after a converter
 * had refused.
 */
final class CanonicalUuidEditor extends PropertyEditorSupport {

    /** For every binding; an {@code @InitBinder} would be looked for, by reflection, in each. */
    static final PropertyEditorRegistrar REGISTRAR = CanonicalUuidEditor::register;

    private static void register(PropertyEditorRegistry editors) {
        editors.registerCustomEditor(UUID.class, new CanonicalUuidEditor());
    }

    @Override
    public void setAsText(String text) {
        setValue(CanonicalUuid.parse(text));
    }
}
