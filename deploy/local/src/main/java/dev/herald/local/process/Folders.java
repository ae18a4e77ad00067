package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Creates and deletes folders. A new folder is filled under another name and then moved, so that an interrupted launcher leaves no
 * incomplete folder.
 */
public final class Folders {

    private Folders() {}

    /** Creates an empty folder beside the wanted one; its caller fills it and moves it. */
    public static Path unfinished(Path wanted) throws IOException {
        Path unfinished = wanted.resolveSibling(wanted.getFileName() + ".unfinished");
        delete(unfinished);
        return Files.createDirectories(unfinished);
    }

    /** Deletes a folder with its content, if it exists. Symbolic links in it are deleted, not followed. */
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
