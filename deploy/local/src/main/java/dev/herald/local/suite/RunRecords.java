package dev.herald.local.suite;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.herald.local.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The records of all processes of one suite, each in its own JSON file. */
public record RunRecords(Path folder) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String RECORD = ".process.json";
    private static final String SETTINGS = "settings.json";

    public Optional<RunRecord> find(String component) {
        return read(folder.resolve(component + RECORD)).map(json -> JSON.readValue(json, RunRecord.class));
    }

    public List<RunRecord> all() {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().endsWith(RECORD))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .map(json -> JSON.readValue(json, RunRecord.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(RunRecord record) {
        write(record.component() + RECORD, JSON.writeValueAsString(record));
    }

    void forget(String component) {
        try {
            Files.deleteIfExists(folder.resolve(component + RECORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The {@code HERALD_*} variables of {@code up}, so that later commands use the same ports. */
    public Map<String, String> environment() {
        return read(folder.resolve(SETTINGS))
                .map(json -> JSON.readValue(json, new TypeReference<Map<String, String>>() {}))
                .orElse(Map.of());
    }

    void saveEnvironment(Map<String, String> environment) {
        write(SETTINGS, JSON.writeValueAsString(environment));
    }

    void clear() {
        Folders.delete(folder);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a file that only its owner can read, because the settings may contain a password. The file is moved into place, so that no
     * reader sees an incomplete file.
     */
    private void write(String name, String json) {
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(
                    folder,
                    name,
                    ".unfinished",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, json);
            Files.move(unfinished, folder.resolve(name), ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
