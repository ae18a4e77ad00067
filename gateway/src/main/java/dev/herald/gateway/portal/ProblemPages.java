package dev.herald.gateway.portal;

import dev.herald.platform.problem.ProblemCatalog;
import java.util.Collection;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where a problem's {@code type} leads: the catalogue, for people unless JSON is asked for (RFC 9457, section 3.1.1: a type's
 * address should lead to documentation that a person can read).
 */
@Controller
class ProblemPages {

    private final ProblemCatalog catalog;

    ProblemPages(ProblemCatalog catalog) {
        this.catalog = catalog;
    }

    record Problems(Collection<ProblemCatalog.Entry> items) {}

    /** Each address has two forms. */
    @ModelAttribute
    void varies(ServerHttpResponse response) {
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    @GetMapping("/problems")
    Rendering page() {
        return Rendering.view("problems")
                .modelAttribute("title", "Problems")
                .modelAttribute("problems", catalog.entries())
                .build();
    }

    @GetMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Problems list() {
        return new Problems(catalog.entries());
    }

    @GetMapping("/problems/{code}")
    Rendering page(@PathVariable String code) {
        ProblemCatalog.Entry problem = find(code);
        return Rendering.view("problem")
                .modelAttribute("title", problem.title())
                .modelAttribute("problem", problem)
                .build();
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ProblemCatalog.Entry find(@PathVariable String code) {
        return catalog.find(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
