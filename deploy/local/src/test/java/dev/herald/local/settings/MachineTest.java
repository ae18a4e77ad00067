package dev.herald.local.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.herald.local.process.ListeningSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher finds out about its machine. */
class MachineTest {

    @Nested
    class Sockets {

        @Test
        void haveAnAddressAPortAndAProcess() throws IOException {
            assumeThat(ListeningSocket.all()).as("a list of sockets in /proc").isNotEmpty();
            try (ServerSocket loopback = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                    ServerSocket all = new ServerSocket(0)) {
                assertThat(find(loopback).address().isLoopbackAddress()).isTrue();
                assertThat(find(loopback).owner()).hasValue(ProcessHandle.current());
                assertThat(find(all).address().isAnyLocalAddress()).isTrue();
                assertThat(ListeningSocket.programOn(all.getLocalPort()))
                        .hasValueSatisfying(program -> assertThat(program)
                                .contains("pid " + ProcessHandle.current().pid()));
            }
        }

        private ListeningSocket find(ServerSocket socket) {
            return ListeningSocket.all().stream()
                    .filter(listed -> listed.port() == socket.getLocalPort())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class Memory {

        private static final long GIB = 1024L * 1024 * 1024;

        @TempDir
        private Path root;

        @Test
        void isWhatIsFreeOrCanBeFreed() throws IOException {
            write("proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 2097152 kB\nSwapFree: 1048576 kB\n");

            assertThat(AvailableMemory.bytes(root)).hasValue(3 * GIB);
        }

        @Test
        void isAtMostWhatTheContainerLeaves() throws IOException {
            write("proc/meminfo", "MemAvailable: 8388608 kB\nSwapFree: 0 kB\n");
            write("sys/fs/cgroup/memory.max", 4 * GIB + "\n");
            write("sys/fs/cgroup/memory.current", 3 * GIB + "\n");
            write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file " + GIB + "\n");

            assertThat(AvailableMemory.bytes(root)).hasValue(2 * GIB);
        }

        @Test
        void isUnknownElsewhere() {
            assertThat(AvailableMemory.bytes(root)).isEmpty();
        }

        private void write(String file, String text) throws IOException {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
    }
}
