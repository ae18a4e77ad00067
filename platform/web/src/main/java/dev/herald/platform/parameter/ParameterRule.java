package dev.herald.platform.parameter;

import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that the operation does not declare, repeated ones, and values in another form than their type's.
 * Spring ignores the first two and converts leniently: it reads {@code 0x5} as a number and {@code yes} as true.
 */
final class ParameterRule implements HandlerInterceptor {

    /** Bounds the size of the response. */
    private static final int MOST_ERRORS = 20;

    private static final int LONGEST_NAME = 100;

    private final Map<Method, Map<String, DeclaredParameter>> declared = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST) {
            Query query = Query.parse(request.getQueryString());
            if (!query.values().isEmpty()) {
                require(query, declared.computeIfAbsent(method.getMethod(), unknown -> parameters(method)));
            }
        }
        return true;
    }

    private static void require(Query query, Map<String, DeclaredParameter> declared) {
        List<InvalidField> errors = query.values().entrySet().stream()
                .flatMap(sent -> check(sent.getKey(), sent.getValue(), declared).stream())
                .limit(MOST_ERRORS)
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static Optional<InvalidField> check(
            String name, List<String> values, Map<String, DeclaredParameter> declared) {
        DeclaredParameter parameter = declared.get(name);
        return parameter == null
                ? Optional.of(InvalidValue.unknownParameter(declared.keySet()).at(shortened(name)))
                : parameter.check(values).map(invalid -> invalid.at(name));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    private static Map<String, DeclaredParameter> parameters(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .flatMap(ParameterRule::declared)
                .collect(Collectors.toMap(
                        DeclaredParameter::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private static Stream<DeclaredParameter> declared(MethodParameter parameter) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        return query == null ? Stream.empty() : Stream.of(DeclaredParameter.of(parameter, query));
    }
}
