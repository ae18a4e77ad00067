package dev.herald.platform.description;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemCatalog.Entry;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the responses of an operation from its problem codes: one for each status, with an example for each code.
 * Examples, and responses with one code, are shared components, so that the document describes each code once.
 */
final class Problems {

    /** The problems with which the gateway, Spring or the platform can answer any request. */
    static final List<ProblemCode> OF_EVERY_OPERATION = List.of(
            ProblemCode.EXPECTATION_FAILED,
            ProblemCode.HEADERS_TOO_LARGE,
            ProblemCode.INTERNAL_ERROR,
            ProblemCode.MALFORMED_REQUEST,
            ProblemCode.NOT_ACCEPTABLE,
            ProblemCode.ORIGIN_NOT_ALLOWED,
            ProblemCode.RATE_LIMITED,
            ProblemCode.UNSUPPORTED_API_VERSION,
            ProblemCode.UPSTREAM_TIMEOUT,
            ProblemCode.UPSTREAM_UNAVAILABLE,
            ProblemCode.URI_TOO_LONG,
            ProblemCode.VALIDATION_FAILED);

    static final List<ProblemCode> REFUSED_TOKENS = List.of(
            ProblemCode.AUTHENTICATION_REQUIRED,
            ProblemCode.INVALID_TOKEN,
            ProblemCode.TOKEN_EXPIRED,
            ProblemCode.TOKEN_REVOKED);

    private final JsonMapper json = JsonMapper.shared();
    private final ProblemCatalog catalog = new ProblemCatalog(json);
    private final ObjectNode components;

    Problems(ObjectNode components) {
        this.components = components;
    }

    /**
     * @param invalid the field in the example of {@code validation-failed}
     * @return the responses by status
     */
    Map<String, ObjectNode> responses(Collection<ProblemCode> codes, InvalidField invalid) {
        Map<String, ObjectNode> responses = new LinkedHashMap<>();
        codes.stream()
                .map(catalog::get)
                .collect(groupingBy(Entry::status))
                .forEach((status, problems) -> responses.put(String.valueOf(status), shared(problems, invalid)));
        return responses;
    }

    private ObjectNode shared(List<Entry> problems, InvalidField invalid) {
        ProblemCode code = problems.getFirst().code();
        if (problems.size() > 1 || code == ProblemCode.VALIDATION_FAILED) {
            return response(problems, invalid);
        }
        components.withObject("/responses").set(code.toString(), response(problems, invalid));
        return json.createObjectNode().put("$ref", "#/components/responses/" + code);
    }

    private ObjectNode response(List<Entry> problems, InvalidField invalid) {
        ObjectNode response = json.createObjectNode()
                .put(
                        "description",
                        problems.stream()
                                .map(problem -> "`%s`: %s".formatted(problem.code(), problem.meaning()))
                                .collect(joining("\n\n")));
        problems.stream()
                .flatMap(Problems::headers)
                .distinct()
                .forEach(header -> response.withObject("/headers")
                        .putObject(header)
                        .put("$ref", "#/components/headers/" + header));
        ObjectNode content = response.putObject("content").putObject("application/problem+json");
        content.putObject("schema").put("$ref", "#/components/schemas/Problem");
        ObjectNode examples = content.putObject("examples");
        problems.forEach(problem -> examples.set(problem.code().toString(), sharedExample(problem, invalid)));
        return response;
    }

    private static Stream<String> headers(Entry problem) {
        return switch (problem.status()) {
            case 401 -> Stream.of("WWW-Authenticate");
            case 403 -> problem.code() == ProblemCode.ORIGIN_NOT_ALLOWED ? Stream.of() : Stream.of("WWW-Authenticate");
            case 429 -> Stream.of("Retry-After", "RateLimit", "RateLimit-Policy");
            case 503, 504 -> Stream.of("Retry-After");
            default -> Stream.of();
        };
    }

    private ObjectNode sharedExample(Entry problem, InvalidField invalid) {
        return switch (problem.code()) {
            case ProblemCode.VALIDATION_FAILED -> example(problem, List.of(invalid));
            case ProblemCode.EMAIL_TAKEN ->
                refer(
                        problem,
                        example(
                                problem,
                                List.of(new InvalidValue(FieldCode.TAKEN, "is used by another account").at("email"))));
            default -> refer(problem, example(problem, null));
        };
    }

    private ObjectNode refer(Entry problem, ObjectNode example) {
        components.withObject("/examples").set(problem.code().toString(), example);
        return json.createObjectNode().put("$ref", "#/components/examples/" + problem.code());
    }

    private ObjectNode example(Entry problem, @Nullable List<InvalidField> errors) {
        ObjectNode example =
                json.createObjectNode().put("summary", problem.title()).put("description", problem.remedy());
        example.set("value", json.valueToTree(problem.example(errors)));
        return example;
    }
}
