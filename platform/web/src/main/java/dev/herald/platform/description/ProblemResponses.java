package dev.herald.platform.description;

import static java.util.stream.Collectors.joining;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Problem codes as responses: one a status, with an example a code. */
final class ProblemResponses {

    private static final String VARIABLE = "\\{[^}]*}";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"; // of the W3C Trace Context standard

    private static final Map<Integer, String> HEADERS =
            Map.of(401, "WWW-Authenticate", 403, "WWW-Authenticate", 429, "Retry-After", 503, "Retry-After");

    private final ProblemCatalog catalog;
    private final Vocabulary vocabulary;

    ProblemResponses(ProblemCatalog catalog, Vocabulary vocabulary) {
        this.catalog = catalog;
        this.vocabulary = vocabulary;
    }

    /**
     * @param path for the examples' {@code instance}
     * @param invalid what the example of {@code validation-failed} names
     * @return the responses by status
     * @throws IllegalArgumentException if the catalogue lacks one of the codes
     */
    Map<String, ApiResponse> of(Collection<String> codes, String path, InvalidField invalid) {
        return codes.stream()
                .sorted()
                .map(catalog::get)
                .collect(Collectors.groupingBy(
                        problem -> String.valueOf(problem.status()),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.toList(), problems -> response(problems, path, invalid))));
    }

    private ApiResponse response(List<ProblemCatalog.Entry> problems, String path, InvalidField invalid) {
        MediaType document = new MediaType().schema(new Schema<>().$ref("Problem"));
        problems.forEach(problem ->
                document.addExamples(problem.code(), example(problem, path, errors(problem.code(), invalid))));
        ApiResponse response = new ApiResponse()
                .description(problems.stream()
                        .map(problem -> "`%s`: %s".formatted(problem.code(), problem.meaning()))
                        .collect(joining("\n\n")))
                .content(new Content().addMediaType("application/problem+json", document));
        String header = HEADERS.get(problems.getFirst().status());
        return header == null ? response : response.addHeaderObject(header, vocabulary.header(header));
    }

    private static Example example(ProblemCatalog.Entry problem, String path, @Nullable List<InvalidField> errors) {
        return new Example()
                .summary(problem.title())
                .description(problem.remedy())
                .value(new ProblemDocument(
                        "/problems/" + problem.code(),
                        problem.title(),
                        problem.status(),
                        problem.meaning(),
                        path.replaceAll(VARIABLE, BodyExamples.ID),
                        problem.code(),
                        TRACE_ID,
                        errors));
    }

    private static @Nullable List<InvalidField> errors(String code, InvalidField invalid) {
        return switch (code) {
            case "validation-failed" -> List.of(invalid);
            case "email-taken" -> List.of(new InvalidValue(FieldCode.TAKEN, "is used by another account").at("email"));
            default -> null;
        };
    }
}
