package dev.herald.platform.description;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.conditional.WithETag;
import dev.herald.platform.idempotency.WithIdempotencyKey;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.validation.OneOf;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.Operation;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The properties of an operation that follow from the handler's signature and annotations. */
record Handler(HandlerMethod method) {

    private static final Set<RequestMethod> CHANGES =
            Set.of(RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);

    boolean isOurs() {
        return method.getBeanType().getName().startsWith("dev.herald.");
    }

    boolean isRead() {
        return methods().contains(RequestMethod.GET);
    }

    private List<RequestMethod> methods() {
        RequestMapping mapping = method.getMethodAnnotation(RequestMapping.class);
        return mapping == null ? List.of() : List.of(mapping.method());
    }

    /**
     * The operation's id: that of {@code UserController.register} is {@code registerUser}, that of its {@code list} is
     * {@code listUsers}; a name of several words, such as {@code changePassword}, is the id itself.
     */
    String operationId() {
        Operation described = method.getMethodAnnotation(Operation.class);
        if (described != null && !described.operationId().isEmpty()) {
            return described.operationId();
        }
        String verb = method.getMethod().getName();
        return verb.chars().anyMatch(Character::isUpperCase)
                ? verb
                : verb + method.getBeanType().getSimpleName().replaceFirst("Controller$", isPage() ? "s" : "");
    }

    private boolean isPage() {
        ResolvableType answer = ResolvableType.forMethodReturnType(method.getMethod(), method.getBeanType());
        return answer.toClass().equals(ResponseEntity.class)
                ? answer.getGeneric(0).toClass().equals(Page.class)
                : answer.toClass().equals(Page.class);
    }

    /** The example of an {@code ETag}; empty if the responses have none. */
    Optional<String> tag() {
        return Optional.ofNullable(method.getMethodAnnotation(WithETag.class)).map(WithETag::value);
    }

    /** The names of the components of the operation's request headers. */
    List<String> headers() {
        List<String> headers = new ArrayList<>();
        if (isRepeatable()) {
            headers.add("Idempotency-Key");
        }
        if (hasPreconditions()) {
            headers.add("If-Match");
            headers.add("If-None-Match");
        }
        headers.add("API-Version");
        return headers;
    }

    private boolean isRepeatable() {
        return method.hasMethodAnnotation(WithIdempotencyKey.class);
    }

    private boolean hasPreconditions() {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(Preconditions.class));
    }

    /** The names under {@code components/headers} of the response's headers; {@code ETag} is added separately, with an example. */
    List<String> answerHeaders(String status) {
        List<String> headers = new ArrayList<>();
        if (status.equals("201")) {
            headers.add("Location");
        }
        if (isPage()) {
            headers.add("Link");
        }
        if (isRepeatable()) {
            headers.add("Idempotency-Replayed");
        }
        return headers;
    }

    /** The constraints of a query parameter by {@link OneOf} and {@link Text}, which springdoc does not know. */
    Map<String, JsonNode> constraints(String parameter) {
        Map<String, JsonNode> schema = new LinkedHashMap<>();
        annotation(parameter, OneOf.class)
                .ifPresent(allowed -> schema.put("enum", JsonMapper.shared().valueToTree(allowed.value())));
        annotation(parameter, Text.class).ifPresent(text -> {
            schema.put("minLength", JsonNodeFactory.instance.numberNode(text.min()));
            if (text.max() < Integer.MAX_VALUE) {
                schema.put("maxLength", JsonNodeFactory.instance.numberNode(text.max()));
            }
        });
        return schema;
    }

    private <A extends Annotation> Optional<A> annotation(String parameter, Class<A> type) {
        return Arrays.stream(method.getMethod().getParameters())
                .filter(declared ->
                        declared.getName().equals(parameter) && declared.isAnnotationPresent(RequestParam.class))
                .flatMap(declared -> Stream.ofNullable(declared.getAnnotation(type)))
                .findFirst();
    }

    /** The operation's codes and {@link Problems#OF_EVERY_OPERATION}, in alphabetical order. */
    Set<ProblemCode> problemCodes() {
        Set<ProblemCode> codes = new TreeSet<>(Problems.OF_EVERY_OPERATION);
        for (var parameter : method.getMethod().getParameters()) {
            if (parameter.isAnnotationPresent(RequestBody.class)) {
                codes.addAll(List.of(
                        ProblemCode.CONTENT_TOO_LARGE,
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        ProblemCode.REQUEST_TIMEOUT));
            }
            if (parameter.getName().equals("cursor")) {
                codes.add(ProblemCode.INVALID_CURSOR);
            }
        }
        if (hasPreconditions()) {
            codes.add(ProblemCode.PRECONDITION_FAILED);
        }
        if (methods().stream().anyMatch(CHANGES::contains)) {
            codes.add(ProblemCode.CONCURRENT_UPDATE);
        }
        if (isRepeatable()) {
            codes.addAll(List.of(ProblemCode.IDEMPOTENCY_KEY_IN_USE, ProblemCode.IDEMPOTENCY_KEY_REUSED));
        }
        ProblemResponses answers = method.getMethodAnnotation(ProblemResponses.class);
        if (answers != null) {
            codes.addAll(List.of(answers.value()));
        }
        return codes;
    }
}
