package dev.herald.gateway.problem;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemDocument;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/** A problem as an HTML page, for browsers; the API answers with JSON only. */
@Component
class ErrorPage {

    private static final String API = "/api";

    private final Template template;
    private final ProblemCatalog catalog;

    ErrorPage(Mustache.Compiler mustache, ProblemCatalog catalog) {
        this.template = mustache.loadTemplate("error");
        this.catalog = catalog;
    }

    static boolean isPossible(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        return !path.equals(API) && !path.startsWith(API + "/");
    }

    /** Whether {@code Accept} names HTML with a higher quality than JSON; {@code *}{@code /*} does not count. */
    static boolean isPreferred(ServerHttpRequest request) {
        try {
            return request.getHeaders().getAccept().stream()
                    .filter(type -> type.getQualityValue() > 0)
                    .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                            .reversed())
                    .filter(type -> type.includes(MediaType.TEXT_HTML)
                            || type.includes(MediaType.APPLICATION_JSON)
                            || type.includes(MediaType.APPLICATION_PROBLEM_JSON))
                    .findFirst()
                    .filter(type -> type.getType().equals(MediaType.TEXT_HTML.getType()))
                    .isPresent();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    byte[] of(ProblemDocument problem) {
        Map<String, Object> model = Map.of(
                "title", problem.title(),
                "detail", problem.detail(),
                "remedy", catalog.get(problem.code()).remedy(),
                "type", problem.type(),
                "code", problem.code(),
                "status", problem.status(),
                "traceId", String.valueOf(problem.traceId()),
                "marked", new InlineCode());
        return template.execute(model).getBytes(StandardCharsets.UTF_8);
    }
}
