package dev.herald.local.suite;

import dev.herald.local.settings.Home;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Reports each crashed component, until the suite is stopped. */
public final class Supervisor {

    /** The interval of the checks. The supervisor polls, because the operating system reports the end of a process only to its parent. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    private final Home home;
    private final RunRecords records;
    private final Terminal terminal;
    private final Set<Long> named = new HashSet<>();

    public Supervisor(Home home, Terminal terminal) {
        this.home = home;
        this.records = new RunRecords(home.run());
        this.terminal = terminal;
    }

    /** Returns when another command stops the suite. */
    public void stay() throws InterruptedException {
        while (Files.exists(home.run())) {
            records.all().stream().filter(Supervisor::hasCrashed).forEach(this::name);
            Thread.sleep(CHECK_INTERVAL);
        }
    }

    private void name(RunRecord dead) {
        // Reads the record again, because another command may have stopped the component meanwhile.
        records.find(dead.component())
                .filter(Supervisor::hasCrashed)
                .filter(crashed -> named.add(crashed.pid()))
                .ifPresent(crashed -> {
                    terminal.event(crashed.component(), State.CRASHED, "crashed", crashed.log());
                    terminal.quote(home.log(crashed.component()).lastLines());
                    terminal.line("  ./herald start %s starts it again.".formatted(crashed.component()));
                });
    }

    private static boolean hasCrashed(RunRecord record) {
        return record.state() == State.CRASHED;
    }
}
