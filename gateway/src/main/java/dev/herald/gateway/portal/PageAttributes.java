package dev.herald.gateway.portal;

import com.samskivert.mustache.Mustache;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the templates of all pages know. */
@ControllerAdvice(basePackageClasses = PageAttributes.class)
class PageAttributes {

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    private final boolean local;

    PageAttributes(Environment environment) {
        this.local = environment.acceptsProfiles(Profiles.of("local"));
    }

    /** Whether this is a developer's machine. */
    @ModelAttribute("local")
    boolean local() {
        return local;
    }

    /** Renders {@code `code`} in a text as code; the text inside is escaped before. */
    @ModelAttribute("marked")
    Mustache.Lambda marked() {
        return (text, out) -> out.write(CODE.matcher(text.execute()).replaceAll("<code>$1</code>"));
    }
}
