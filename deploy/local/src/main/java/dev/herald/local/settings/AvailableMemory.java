package dev.herald.local.settings;

import dev.herald.local.process.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

public final class AvailableMemory {

    private static final long MIB = 1024 * 1024;

    /** The memory of all processes of the suite after the demo, rounded up. */
    private static final long NEEDED = 2560 * MIB;

    private static final long NEEDED_TO_OBSERVE = 384 * MIB;

    /** Two more brokers, a standby, and a second instance of three services. */
    private static final long NEEDED_FOR_A_CLUSTER = 2048 * MIB;

    private AvailableMemory() {}

    /**
     * Warns if less memory is available than the suite needs, and fails if it is less than half of that.
     *
     * @param warnings receives the line of the warning
     */
    public static void require(Settings settings, Consumer<String> warnings) {
        long needed = NEEDED
                + (settings.isObserved() ? NEEDED_TO_OBSERVE : 0)
                + (settings.isCluster() ? NEEDED_FOR_A_CLUSTER : 0);
        OptionalLong available = bytes(Path.of("/"));
        if (available.isEmpty() || available.getAsLong() >= needed) {
            return;
        }
        String sentence = "Herald needs about %s of memory, and %s are available%s."
                .formatted(
                        gib(needed),
                        gib(available.getAsLong()),
                        settings.isObserved() ? " (less without --observe)" : "");
        if (available.getAsLong() < needed / 2) {
            throw new Failure(sentence + " End other programs, or give this machine or container more memory.");
        }
        warnings.accept("  Memory is short: " + sentence + " Processes may be slow, or the system may kill them.");
    }

    /**
     * Free and reclaimable memory and free swap of Linux, at most what the limit of the container leaves.
     *
     * @param root the folder that contains {@code proc} and {@code sys}
     * @return empty on other systems
     */
    static OptionalLong bytes(Path root) {
        try {
            Path meminfo = root.resolve("proc/meminfo");
            long machine = 1024 * (field(meminfo, "MemAvailable:") + field(meminfo, "SwapFree:"));
            return OptionalLong.of(Math.min(machine, leftInContainer(root.resolve("sys/fs/cgroup"))));
        } catch (IOException anotherSystem) {
            return OptionalLong.empty();
        }
    }

    private static long leftInContainer(Path group) {
        try {
            long limit =
                    Long.parseLong(Files.readString(group.resolve("memory.max")).strip());
            long used = Long.parseLong(
                    Files.readString(group.resolve("memory.current")).strip());
            return limit - used + field(group.resolve("memory.stat"), "inactive_file");
        } catch (IOException | NumberFormatException noLimit) {
            return Long.MAX_VALUE;
        }
    }

    private static long field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split("\\s+", -1))
                    .filter(words -> words[0].equals(name))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("%s has no %s".formatted(file, name)));
        }
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (1024.0 * MIB));
    }
}
