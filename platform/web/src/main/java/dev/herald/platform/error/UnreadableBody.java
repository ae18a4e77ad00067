package dev.herald.platform.error;

import java.util.stream.Stream;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Describes the error in a body and where it is; Jackson's message would contain names of classes. */
final class UnreadableBody {

    /** Longer names are not repeated in responses. */
    private static final int LONGEST_NAME = 100;

    private UnreadableBody() {}

    static String describe(HttpMessageNotReadableException body) {
        return switch (body.getCause()) {
            case UnrecognizedPropertyException unknown -> "%s is not known.".formatted(field(unknown));
            case DatabindException mismatch
            when !mismatch.getPath().isEmpty() -> "%s has a value of the wrong type.".formatted(field(mismatch));
            case DatabindException mismatch -> "The body is not the JSON object that is expected here.";
            case JacksonException syntax
            when syntax.getLocation() != null ->
                "The body is not well-formed JSON, or gives a field twice: line %d, column %d."
                        .formatted(
                                syntax.getLocation().getLineNr(),
                                syntax.getLocation().getColumnNr());
            case null, default -> "The body is missing or cannot be read.";
        };
    }

    /** Quotes only a short name in plain ASCII: others can contain what no response can carry, such as lone surrogates. */
    private static String field(DatabindException exception) {
        String path = at(exception);
        boolean plain = path.length() <= LONGEST_NAME && path.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return plain ? "The field '%s'".formatted(path) : "A field";
    }

    private static String at(DatabindException exception) {
        return exception.getPath().stream()
                .flatMap(step -> Stream.of(
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName()))
                .reduce("", String::concat)
                .replaceFirst("^\\.", "");
    }
}
