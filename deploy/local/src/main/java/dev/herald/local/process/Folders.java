package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

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
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
        }
    }
}
