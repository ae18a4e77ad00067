package dev.herald.platform.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.problem.MalformedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;

/** Refuses bodies other than JSON in UTF-8 (RFC 8259) before a request has an effect. */
class JsonMediaTypes {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

    /** A more specific range takes precedence (RFC 9110, section 12.5.1). */
    private static final Comparator<MediaType> PRECEDENCE =
            Comparator.comparingInt(JsonMediaTypes::specificity).thenComparingDouble(MediaType::getQualityValue);

    private final Map<Method, Bodies> known = new ConcurrentHashMap<>();

    private record Bodies(boolean read, boolean written) {}

    /**
     * @throws HttpMediaTypeNotAcceptableException if the response has a body and {@code Accept} excludes JSON
     * @throws HttpMediaTypeNotSupportedException if a body is read and has another media type
     * @throws UnsupportedContentCoding if a body is read and is compressed
     * @throws MalformedRequest if the query cannot be decoded
     */
    void check(HttpServletRequest request, HandlerMethod handler) throws HttpMediaTypeException {
        requireReadableQuery(request);
        Bodies bodies = known.computeIfAbsent(handler.getMethod(), method -> bodies(handler));
        if (bodies.written() && !acceptsJson(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))) {
            throw new HttpMediaTypeNotAcceptableException(JSON);
        }
        if (bodies.read()) {
            requireJson(Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE)), request.getMethod());
            requireIdentity(Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
        }
    }

    private static void requireReadableQuery(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return;
        }
        try {
            request.getParameterMap();
        } catch (RuntimeException e) {
            // The exception's own message is not used, because Tomcat and the firewall quote the query in it.
            throw new MalformedRequest(
                    "The query cannot be decoded: it holds an escape that is not UTF-8, or a control character,"
                            + " or too many parameters.");
        }
    }

    private static boolean acceptsJson(List<String> accept) {
        try {
            return MediaType.parseMediaTypes(accept).stream()
                            .filter(JsonMediaTypes::isJson)
                            .max(PRECEDENCE)
                            .map(range -> range.getQualityValue() > 0)
                            .orElse(accept.isEmpty())
                    || accept.stream().allMatch(String::isBlank);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static boolean isJson(MediaType range) {
        return range.includes(MediaType.APPLICATION_JSON) && isUtf8(range);
    }

    private static boolean isUtf8(MediaType type) {
        return type.getCharset() == null || UTF_8.equals(type.getCharset());
    }

    private static int specificity(MediaType range) {
        if (range.isWildcardType()) {
            return 0;
        }
        return range.isWildcardSubtype() ? 1 : 2;
    }

    /** A request without a content type counts as one without a body. */
    private static void requireJson(List<String> contentTypes, String method)
            throws HttpMediaTypeNotSupportedException {
        if (!contentTypes.isEmpty() && (contentTypes.size() > 1 || !labelsJson(contentTypes.getFirst()))) {
            throw new HttpMediaTypeNotSupportedException(null, JSON, HttpMethod.valueOf(method));
        }
    }

    private static boolean labelsJson(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) && isUtf8(type);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static void requireIdentity(List<String> contentEncodings) {
        if (!contentEncodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new UnsupportedContentCoding();
        }
    }

    private static Bodies bodies(HandlerMethod handler) {
        boolean read = Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
        return new Bodies(read, isWritten(handler));
    }

    private static boolean isWritten(HandlerMethod handler) {
        MethodParameter answer = handler.getReturnType();
        Class<?> type = answer.getParameterType();
        if (HttpEntity.class.isAssignableFrom(type)) {
            return isContent(
                    ResolvableType.forMethodParameter(answer).getGeneric().resolve());
        }
        boolean body = handler.hasMethodAnnotation(ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), ResponseBody.class);
        return body && isContent(type);
    }

    private static boolean isContent(@Nullable Class<?> type) {
        return type != void.class && type != Void.class;
    }
}
