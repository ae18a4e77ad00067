package dev.herald.platform.description;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.Answers;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import jakarta.validation.Constraint;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
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
        Set<String> codes = new TreeSet<>(List.of("not-acceptable", "internal-error", "upstream-unavailable"));
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
            codes.addAll(List.of("idempotency-key-in-use", "idempotency-key-reused", "validation-failed"));
        }
        Answers answers = handler.getMethodAnnotation(Answers.class);
        if (answers != null) {
            Arrays.stream(answers.value()).map(OperationDescription::code).forEach(codes::add);
        }
        return codes;
    }

    private static List<String> problems(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return List.of("malformed-request", "validation-failed", "content-too-large", "unsupported-media-type");
        }
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return isText(parameter) ? List.of() : List.of("malformed-request");
        }
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null) {
            return Stream.of(
                            name(query.name(), parameter).equals("cursor") ? "invalid-cursor" : "",
                            canBeInvalid(query, parameter) ? "validation-failed" : "")
                    .filter(StringUtils::hasText)
                    .toList();
        }
        return isPreconditions(parameter) ? List.of("precondition-failed") : List.of();
    }

    private static boolean canBeInvalid(RequestParam query, MethodParameter parameter) {
        boolean canBeMissing =
                query.required() && query.defaultValue().equals(ValueConstants.DEFAULT_NONE) && !parameter.isOptional();
        return canBeMissing
                || !isText(parameter)
                || Arrays.stream(parameter.getParameterAnnotations()).anyMatch(OperationDescription::constrains);
    }

    private static boolean isText(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType().equals(String.class);
    }

    private static boolean constrains(Annotation annotation) {
        return MergedAnnotations.from(annotation.annotationType()).isPresent(Constraint.class);
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
        boolean tagged = handler.hasMethodAnnotation(WithETag.class);
        boolean repeatable = handler.hasMethodAnnotation(WithIdempotencyKey.class);
        operation.getResponses().forEach((status, response) -> {
            addHeader(response, "Location", status.equals("201"));
            if (status.startsWith("2")) {
                addHeader(response, "Link", isPage(handler));
                addHeader(response, "ETag", tagged);
                addHeader(response, "Idempotency-Replayed", repeatable);
            }
        });
        if (repeatable) {
            vocabulary.parameter("Idempotency-Key").ifPresent(operation::addParametersItem);
        }
        if (tagged && methods(handler).contains(RequestMethod.GET)) {
            ApiResponse unchanged =
                    new ApiResponse().description("Not changed since it had the `ETag` in `If-None-Match`");
            addHeader(unchanged, "ETag", true);
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

    /** springdoc does not know {@link Text}; its schemas of parameters without known constraints are shared, so each gets its own. */
    private static void describeTexts(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            Text text = parameter.getParameterAnnotation(Text.class);
            if (query != null && text != null) {
                operation.getParameters().stream()
                        .filter(described -> name(query.name(), parameter).equals(described.getName()))
                        .forEach(described -> described.setSchema(new JsonSchema()
                                .typesItem("string")
                                .minLength(text.min())
                                .maxLength(text.max())));
            }
        }
    }

    private void addHeader(ApiResponse response, String name, boolean present) {
        if (present) {
            response.addHeaderObject(name, vocabulary.header(name));
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
