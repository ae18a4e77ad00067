package dev.herald.platform.description;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.validation.OneOf;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

/** What a handler's signature and annotations say about its operation. */
final class OperationDescription implements OperationCustomizer {

    /** Where the codes wait, as an extension of the operation, until its path is known too. */
    static final String PROBLEM_CODES = "x-problem-codes";

    private static final Set<RequestMethod> CHANGES =
            Set.of(RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);

    private final VersionHeader version;
    private final Vocabulary vocabulary;

    OperationDescription(VersionHeader version, Vocabulary vocabulary) {
        this.version = version;
        this.vocabulary = vocabulary;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if (!named(handler)) {
            operation.setOperationId(operationId(handler));
        }
        operation.addExtension(PROBLEM_CODES, problems(handler));
        describeHeaders(operation, handler);
        describeTexts(operation, handler);
        return operation;
    }

    private static boolean named(HandlerMethod handler) {
        var described = handler.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        return described != null && !described.operationId().isEmpty();
    }

    /** {@code UserController.register} becomes {@code registerUser}, its {@code list} {@code listUsers}; {@code changePassword} stays. */
    private static String operationId(HandlerMethod handler) {
        String verb = handler.getMethod().getName();
        if (verb.chars().anyMatch(Character::isUpperCase)) {
            return verb;
        }
        String noun =
                ClassUtils.getUserClass(handler.getBeanType()).getSimpleName().replaceFirst("Controller$", "");
        return verb + noun + (isPage(handler) ? "s" : "");
    }

    private Set<String> problems(HandlerMethod handler) {
        // Of a query's parameters, whichever there are.
        Set<String> codes = new TreeSet<>(List.of("malformed-request", "validation-failed"));
        codes.addAll(List.of("not-acceptable", "internal-error", "upstream-unavailable"));
        if (version.name() != null) {
            codes.add("unsupported-api-version");
        }
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            codes.addAll(problems(parameter));
        }
        if (methods(handler).stream().anyMatch(CHANGES::contains)) {
            codes.add("concurrent-update");
        }
        if (handler.hasMethodAnnotation(WithIdempotencyKey.class)) {
            codes.addAll(List.of("idempotency-key-in-use", "idempotency-key-reused"));
        }
        ProblemResponses answers = handler.getMethodAnnotation(ProblemResponses.class);
        if (answers != null) {
            Arrays.stream(answers.value()).map(OperationDescription::code).forEach(codes::add);
        }
        return codes;
    }

    private static List<String> problems(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return List.of("content-too-large", "unsupported-media-type");
        }
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null && name(query.name(), parameter).equals("cursor")) {
            return List.of("invalid-cursor");
        }
        return isPreconditions(parameter) ? List.of("precondition-failed") : List.of();
    }

    private static String name(String annotated, MethodParameter parameter) {
        return annotated.isEmpty() ? String.valueOf(parameter.getParameterName()) : annotated;
    }

    private static String code(Class<? extends ProblemException> fact) {
        ProblemCode code = fact.getAnnotation(ProblemCode.class);
        if (code == null) {
            throw new IllegalStateException(fact + " lacks its @ProblemCode");
        }
        return code.value();
    }

    private void describeHeaders(Operation operation, HandlerMethod handler) {
        WithETag tag = handler.getMethodAnnotation(WithETag.class);
        boolean repeatable = handler.hasMethodAnnotation(WithIdempotencyKey.class);
        operation.getResponses().forEach((status, response) -> {
            addHeader(response, "Location", status.equals("201"));
            if (status.startsWith("2")) {
                addHeader(response, "Link", isPage(handler));
                addTag(response, tag);
                addHeader(response, "Idempotency-Replayed", repeatable);
            }
        });
        if (repeatable) {
            vocabulary.parameter("Idempotency-Key").ifPresent(operation::addParametersItem);
        }
        if (tag != null && methods(handler).contains(RequestMethod.GET)) {
            ApiResponse unchanged =
                    new ApiResponse().description("Not changed since it had the `ETag` in `If-None-Match`");
            addTag(unchanged, tag);
            operation.getResponses().addApiResponse("304", unchanged);
        }
        if (Arrays.stream(handler.getMethodParameters()).anyMatch(OperationDescription::isPreconditions)) {
            vocabulary.parameter(HttpHeaders.IF_MATCH).ifPresent(operation::addParametersItem);
            vocabulary.parameter(HttpHeaders.IF_NONE_MATCH).ifPresent(operation::addParametersItem);
        }
    }

    private static boolean isPreconditions(MethodParameter parameter) {
        return parameter.getParameterType().equals(Preconditions.class);
    }

    /** springdoc does not know our constraints; its schemas of parameters without known ones are shared, so each gets its own. */
    private static void describeTexts(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null) {
                String name = name(query.name(), parameter);
                text(parameter, query)
                        .ifPresent(schema -> operation.getParameters().stream()
                                .filter(described -> name.equals(described.getName()))
                                .forEach(described -> described.setSchema(schema)));
            }
        }
    }

    private static Optional<JsonSchema> text(MethodParameter parameter, RequestParam query) {
        JsonSchema schema = new JsonSchema();
        schema.typesItem("string");
        if (!query.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
            schema.setDefault(query.defaultValue());
        }
        OneOf allowed = parameter.getParameterAnnotation(OneOf.class);
        if (allowed != null) {
            schema.setEnum(List.<Object>copyOf(List.of(allowed.value())));
            return Optional.of(schema);
        }
        Text text = parameter.getParameterAnnotation(Text.class);
        if (text != null) {
            schema.minLength(text.min()).maxLength(text.max() == Integer.MAX_VALUE ? null : text.max());
            return Optional.of(schema);
        }
        return Optional.empty();
    }

    private void addHeader(ApiResponse response, String name, boolean present) {
        if (present) {
            response.addHeaderObject(name, vocabulary.header(name));
        }
    }

    private void addTag(ApiResponse response, @Nullable WithETag tag) {
        if (tag != null) {
            Header known = vocabulary.header("ETag");
            response.addHeaderObject(
                    "ETag",
                    new Header()
                            .description(known.getDescription())
                            .schema(known.getSchema())
                            .example("\"%s\"".formatted(tag.value())));
        }
    }

    private static List<RequestMethod> methods(HandlerMethod handler) {
        RequestMapping mapping = handler.getMethodAnnotation(RequestMapping.class);
        return mapping == null ? List.of() : List.of(mapping.method());
    }

    private static boolean isPage(HandlerMethod handler) {
        ResolvableType answer = ResolvableType.forMethodReturnType(handler.getMethod(), handler.getBeanType());
        return answer.resolve(Object.class).equals(Page.class)
                || (answer.resolve(Object.class).equals(ResponseEntity.class)
                        && answer.getGeneric(0).resolve(Object.class).equals(Page.class));
    }
}
