package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the resident memory of a process from {@code /proc}. */
final class ResidentMemory {

    private static final double KIB_PER_MIB = 1024;

    private ResidentMemory() {}

    /** The running process of the jar in a command line. */
    static ProcessHandle running(List<String> command) {
        String jar = command.get(command.indexOf("-jar") + 1);
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(words -> List.of(words).contains(jar))
                        .orElse(false))
                .findFirst()
                .orElseThrow(() -> new BenchFailed("There is no process of " + jar));
    }

    /** Returns 0 on systems without {@code /proc}. */
    static double mebibytes(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(process.pid()));
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElse(0);
    }
}
