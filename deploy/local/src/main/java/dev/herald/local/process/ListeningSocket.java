package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A TCP socket of this machine that accepts connections, as {@code /proc/net/tcp} lists it (proc_pid_net(5)).
 *
 * @param inode the number that {@code /proc/<pid>/fd} of the owning process links to
 */
public record ListeningSocket(InetAddress address, int port, String inode) {

    private static final String LISTEN = "0A";

    /** Empty on systems without {@code /proc}. */
    public static List<ListeningSocket> all() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream().skip(1))
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields[3].equals(LISTEN))
                .map(ListeningSocket::of)
                .toList();
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException noSuchTable) {
            return List.of();
        }
    }

    /** Describes the program that listens on a port; empty if there is none, or if this user may not see it. */
    public static Optional<String> programOn(int port) {
        Optional<ProcessHandle> owner = all().stream()
                .filter(socket -> socket.port() == port)
                .flatMap(socket -> socket.owner().stream())
                .findFirst();
        return owner.or(() -> ownerByLsof(port)).map(ListeningSocket::describe);
    }

    /** Empty if the process belongs to another user. */
    public Optional<ProcessHandle> owner() {
        return ProcessHandle.allProcesses().filter(this::isOpenIn).findFirst();
    }

    public boolean isOpenIn(ProcessHandle process) {
        Path link = Path.of("socket:[" + inode + "]");
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return open.anyMatch(descriptor -> isLinkTo(link, descriptor));
        } catch (IOException | UncheckedIOException anotherUsersOrGone) {
            return false;
        }
    }

    private static boolean isLinkTo(Path target, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(target);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static ListeningSocket of(String[] fields) {
        String[] local = fields[1].split(":", -1);
        return new ListeningSocket(address(local[0]), Integer.parseInt(local[1], 16), fields[9]);
    }

    /** The kernel writes the address as 32-bit words, each in the machine's byte order. */
    private static InetAddress address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        ByteBuffer address = ByteBuffer.allocate(bytes.length);
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        try {
            return InetAddress.getByAddress(address.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finds the owner on systems without {@code /proc}, such as macOS. */
    private static Optional<ProcessHandle> ownerByLsof(int port) {
        try {
            Process lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var pids = lsof.inputReader()) {
                return Optional.ofNullable(pids.readLine()).flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
            }
        } catch (IOException | NumberFormatException notInstalled) {
            return Optional.empty();
        }
    }

    /** Names the program, the jar of a JVM, and the process id. Omits other arguments, because they may be secrets. */
    private static String describe(ProcessHandle process) {
        String program = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("another program");
        List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
        int jar = arguments.indexOf("-jar");
        return jar >= 0 && jar + 1 < arguments.size()
                ? "%s -jar %s, pid %d".formatted(program, arguments.get(jar + 1), process.pid())
                : "%s, pid %d".formatted(program, process.pid());
    }
}
