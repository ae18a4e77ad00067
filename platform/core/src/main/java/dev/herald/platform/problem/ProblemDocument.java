package dev.herald.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457 problem details with Herald's extensions.
 *
 * @param type {@code /problems/{code}}, which the gateway serves as a readable page
 * @param title the same for every occurrence of the code
 * @param status the HTTP status
 * @param detail what happened in this occurrence, in one sentence
 * @param instance the path of the request
 * @param code the problem's key in the catalogue, stable across releases
 * @param traceId the request's W3C trace id, 32 hex digits; the request's log lines contain it
 * @param errors the refused fields, in {@code validation-failed} and {@code email-taken}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        ProblemCode code,
        @Nullable String traceId,
        @Nullable List<InvalidField> errors) {

    /**
     * @param field the field's path in the body, or the parameter's name
     * @param message the rule in plain English, to be read after the field's name
     * @param params the values of the rule, such as the numbers {@code min} and {@code max} or the texts {@code allowed}; absent if it has none
     */
    public record InvalidField(
            String field,
            FieldCode code,
            String message,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, ?> params) {}
}
