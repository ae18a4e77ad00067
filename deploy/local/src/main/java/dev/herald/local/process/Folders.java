package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that are filled under another name and then moved, so that an interrupted launcher leaves no incomplete one. */
public final class Folders {

    private Folders() {}

    /** An empty folder beside the wanted one. */
    public static Path unfinished(Path wanted) throws IOException {
        Path unfinished = wanted.resolveSibling(wanted.getFileName() + ".unfinished");
        delete(unfinished);
        return Files.createDirectories(unfinished);
    }

    /** Deletes a folder with its content, if it exists; links are deleted, not followed. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
