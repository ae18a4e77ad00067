package dev.herald.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

public record ResidentMemory(long kibibytes) {

    public static final ResidentMemory NONE = new ResidentMemory(0);

    private static final String LINUX_FIELD = "VmRSS:";

    public static ResidentMemory of(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.exists(status) ? ofProc(status) : ofPs(process.pid());
        } catch (IOException | NumberFormatException gone) {
            return NONE;
        }
    }

    public ResidentMemory plus(ResidentMemory other) {
        return new ResidentMemory(kibibytes + other.kibibytes);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d MiB", kibibytes / 1024);
    }

    private static ResidentMemory ofProc(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(LINUX_FIELD))
                .map(line -> line.replaceAll("\\D", ""))
                .map(number -> new ResidentMemory(Long.parseLong(number)))
                .findFirst()
                .orElse(NONE);
    }

    private static ResidentMemory ofPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try (var answer = ps.inputReader()) {
            String kibibytes = answer.readLine();
            return kibibytes == null ? NONE : new ResidentMemory(Long.parseLong(kibibytes.strip()));
        }
    }
}
