package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the processor time of a process from {@code /proc/<pid>/stat}, see proc_pid_stat(5). */
final class ProcessorTime {

    private static final double TICKS_PER_SECOND = 100;

    /** The fields after the name of the program, which ends with a parenthesis: state is the first, utime the 12th, stime the 13th. */
    private static final int UTIME = 11;

    private ProcessorTime() {}

    /** In seconds, in user mode and in the kernel; 0 on systems without {@code /proc}. */
    static double seconds(long pid) throws IOException {
        Path stat = Path.of("/proc/%d/stat".formatted(pid));
        if (!Files.exists(stat)) {
            return 0;
        }
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_PER_SECOND;
    }
}
