package dev.herald.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The file that collects the output of all starts of one component. */
public record LogFile(Path path) {

    /** Begins the output of each start. {@link #lastLines} uses it to leave out the output of earlier processes. */
    private static final String HEADING = "=== started ";

    private static final int LAST_LINES = 15;
    private static final int TAIL_BYTES = 64 * 1024;

    /** Appends a heading, and redirects the output of the process to this file. */
    public void receive(ProcessBuilder process) throws IOException {
        append(HEADING + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(path.toFile()));
    }

    /**
     * Runs a program, with its output in this file, and waits for its end.
     *
     * @throws IOException if the exit code is not 0
     */
    public void run(ProcessBuilder program) throws IOException, InterruptedException {
        receive(program);
        int exit = program.start().waitFor();
        if (exit != 0) {
            throw new IOException(
                    "%s ended with exit code %d".formatted(program.command().getFirst(), exit));
        }
    }

    public void append(String line) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, line + System.lineSeparator(), CREATE, APPEND);
    }

    /** The last 15 lines of the latest start, or fewer. */
    public List<String> lastLines() {
        List<String> lines = tail(Integer.MAX_VALUE);
        int heading = lines.reversed().stream()
                .filter(line -> line.startsWith(HEADING))
                .findFirst()
                .map(lines::lastIndexOf)
                .orElse(-1);
        List<String> latest = lines.subList(heading + 1, lines.size());
        return latest.subList(Math.max(0, latest.size() - LAST_LINES), latest.size());
    }

    /** Reads at most the last 64 KiB. */
    List<String> tail(int count) {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), TAIL_BYTES)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            List<String> lines = new String(end, UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
