package dev.herald.local;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Stays with a running suite: names each component that dies without having been stopped, and goes on. */
final class Supervisor {

    private final Home home;
    private final RunRecords records;
    private final Terminal terminal;
    private final Set<Long> followed = new HashSet<>();

    Supervisor(Home home, Terminal terminal) {
        this.home = home;
        this.records = new RunRecords(home.run());
        this.terminal = terminal;
    }

    /** Returns when another command has stopped the suite. Components that such a command has started are followed too. */
    void stay() throws IOException, InterruptedException {
        Path folder = home.run();
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            WatchKey key = folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            do {
                records.all().forEach(this::follow);
                changes.take().pollEvents();
            } while (key.reset());
        } catch (NoSuchFileException e) {
            // Taken down before anyone could stay with it.
        }
    }

    private void follow(RunRecord record) {
        if (followed.add(record.pid())) {
            Thread.startVirtualThread(() -> {
                record.process().map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
                report(record);
            });
        }
    }

    private void report(RunRecord dead) {
        records.find(dead.component())
                .filter(latest -> latest.pid() == dead.pid())
                .filter(latest -> latest.state() == State.CRASHED)
                .ifPresent(crashed -> {
                    terminal.news(crashed.component(), State.CRASHED, "crashed", crashed.log());
                    terminal.quote(home.log(crashed.component()).lastWords());
                    terminal.line("  ./herald start %s starts it again.".formatted(crashed.component()));
                });
    }
}
