package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Whole folders: made aside and then moved into place, so that an interrupted launcher leaves no half of one. */
public final class Folders {

    private Folders() {}

    /** An empty folder to fill, which a move can then turn into the wanted one. */
    public static Path unfinished(Path wanted) throws IOException {
        Path unfinished = wanted.resolveSibling(wanted.getFileName() + ".unfinished");
        delete(unfinished);
        return Files.createDirectories(unfinished);
    }

    /** Deletes a folder with all that is in it, if it is there; a link in it is deleted, never followed. */
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
