package dev.herald.platform.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every problem that Herald can answer, as {@code problems.json} lists them. */
public final class ProblemCatalog {

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * @param code kebab-case key
     * @param status HTTP status
     * @param title short and the same every time
     * @param meaning what it means, in one sentence
     * @param remedy what the caller can do
     */
    public record Entry(String code, int status, String title, String meaning, String remedy) {}

    public ProblemCatalog(JsonMapper json) {
        try (InputStream resource = new ClassPathResource("problems.json").getInputStream()) {
            List<Entry> listed = json.readValue(resource, new TypeReference<>() {});
            listed.forEach(entry -> entries.put(entry.code(), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if the catalogue does not list the code */
    public Entry get(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("problems.json does not list " + code));
    }

    public Optional<Entry> find(String code) {
        return Optional.ofNullable(entries.get(code));
    }

    public Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
