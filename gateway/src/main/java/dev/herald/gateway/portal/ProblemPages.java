package dev.herald.gateway.portal;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The problem catalogue at the URLs of the field {@code type}, as HTML or JSON (RFC 9457, section 3.1.1). */
@Controller
class ProblemPages {

    private static final Map<ProblemCode, List<InvalidField>> FIELDS = Map.of(
            ProblemCode.VALIDATION_FAILED,
            List.of(
                    new InvalidField("name", FieldCode.BLANK, "must hold a visible character", Map.of()),
                    new InvalidField(
                            "password",
                            FieldCode.TOO_SHORT,
                            "must have at least 8 characters",
                            Map.of("min", 8, "max", 128))),
            ProblemCode.EMAIL_TAKEN,
            List.of(new InvalidField("email", FieldCode.TAKEN, "is used by another account", Map.of())));

    private final ProblemCatalog catalog;
    private final ObjectWriter json;

    ProblemPages(ProblemCatalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json.writerWithDefaultPrettyPrinter();
    }

    record Problems(Collection<ProblemCatalog.Entry> items) {}

    /** Adds {@code Vary} to each response. Not void, because Spring would drop {@link PageAttributes} then. */
    @ModelAttribute("varies")
    String varies(ServerHttpResponse response) {
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        return HttpHeaders.ACCEPT;
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
                .modelAttribute("example", json.writeValueAsString(problem.example(FIELDS.get(problem.code()))))
                .build();
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ProblemCatalog.Entry find(@PathVariable String code) {
        return catalog.find(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
