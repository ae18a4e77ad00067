package dev.herald.gateway.portal;

import com.samskivert.mustache.Mustache;
import dev.herald.gateway.problem.InlineCode;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

@ControllerAdvice(basePackageClasses = PageAttributes.class)
class PageAttributes {

    private final boolean local;

    PageAttributes(Environment environment) {
        this.local = environment.acceptsProfiles(Profiles.of("local"));
    }

    @ModelAttribute("local")
    boolean local() {
        return local;
    }

    @ModelAttribute("marked")
    Mustache.Lambda marked() {
        return new InlineCode();
    }
}
