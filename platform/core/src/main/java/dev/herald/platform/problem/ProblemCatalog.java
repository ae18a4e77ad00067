package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

public final class ProblemCatalog {

    private final Map<ProblemCode, Entry> entries = new LinkedHashMap<>();

    /**
     * @param title the same for every occurrence
     * @param meaning what the problem is, in one sentence
     * @param remedy what the caller can do
     */
    public record Entry(ProblemCode code, int status, String title, String meaning, String remedy) {

        public ProblemDocument document(
                String detail, String instance, @Nullable String traceId, @Nullable List<InvalidField> errors) {
            return new ProblemDocument("/problems/" + code, title, status, detail, instance, code, traceId, errors);
        }

        /**
         * An example document, with the catalogue's sentence as its detail and the trace id that the W3C Trace Context
         * standard uses in its examples.
         */
        public ProblemDocument example(@Nullable List<InvalidField> errors) {
            return document(meaning, "/api/users", "4bf92f3577b34da6a3ce929d0e0e4736", errors);
        }
    }

    public ProblemCatalog(JsonMapper json) {
        try (InputStream resource = new ClassPathResource("problems.json").getInputStream()) {
            List<Entry> listed = json.readValue(resource, new TypeReference<>() {});
            listed.forEach(entry -> entries.put(entry.code(), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Entry get(ProblemCode code) {
        return Objects.requireNonNull(entries.get(code));
    }

    public Optional<Entry> find(String code) {
        return entries().stream()
                .filter(entry -> entry.code().toString().equals(code))
                .findFirst();
    }

    public Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
