package dev.herald.platform.id;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads ids in paths and parameters strictly. An editor, because Spring would try its own lenient one after a converter
 * had refused.
 */
@ControllerAdvice
class CanonicalUuidBinding {

    @InitBinder
    void readStrictly(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(CanonicalUuid.parse(text));
            }
        });
    }
}
