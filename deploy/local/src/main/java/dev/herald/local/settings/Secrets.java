package dev.herald.local.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The secrets of the local services, in an environment file. The first start creates them, and {@code reset} deletes them. */
public record Secrets(Path file) {

    public static final String SECRET = "HERALD_SECRET";
    public static final String EMAIL_SECRET = "HERALD_EMAIL_SECRET";
    public static final String ADMIN_EMAIL = "HERALD_ADMIN_EMAIL";
    public static final String ADMIN_PASSWORD = "HERALD_ADMIN_PASSWORD";

    private static final int SECRET_BYTES = 32;
    private static final int PASSWORD_BYTES = 15;

    /** Creates the missing secrets. The file of an earlier release may contain fewer. */
    public void createMissing() {
        Map<String, String> secrets = new TreeMap<>(Map.of(
                SECRET, Base64.getEncoder().encodeToString(randomBytes(SECRET_BYTES)),
                EMAIL_SECRET, Base64.getEncoder().encodeToString(randomBytes(SECRET_BYTES)),
                ADMIN_EMAIL, "admin@herald.example",
                ADMIN_PASSWORD, Base64.getUrlEncoder().encodeToString(randomBytes(PASSWORD_BYTES))));
        Map<String, String> existing = environment();
        if (existing.keySet().containsAll(secrets.keySet())) {
            return;
        }
        secrets.putAll(existing);
        String lines = secrets.entrySet().stream()
                .map(secret -> "%s=%s%n".formatted(secret.getKey(), secret.getValue()))
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, lines);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The secrets in the file; empty before the first start. */
    Map<String, String> environment() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
