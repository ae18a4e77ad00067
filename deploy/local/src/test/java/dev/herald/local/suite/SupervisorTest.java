package dev.herald.local.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.settings.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private final Home home;
    private final RunRecords records;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ExecutorService terminal = Executors.newSingleThreadExecutor();
    private final List<Process> processes = new ArrayList<>();
    private Future<Boolean> stay = new CompletableFuture<>();

    SupervisorTest(@TempDir Path folder) {
        home = new Home(folder);
        records = new RunRecords(home.run());
    }

    @BeforeEach
    void stayWithTheGateway() throws IOException {
        start("gateway");
        Supervisor supervisor = new Supervisor(home, new Terminal(new PrintStream(output, true, UTF_8), false));
        stay = terminal.submit(() -> {
            supervisor.stay();
            return true;
        });
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        terminal.shutdownNow();
    }

    @Test
    void namesAComponentThatDiesUnasked() throws IOException {
        home.log("gateway").append("out of ideas");

        processes.getFirst().destroyForcibly();

        await().until(() -> said("gateway"));
        assertThat(output.toString(UTF_8)).contains("crashed", "| out of ideas", "./herald start gateway");
    }

    @Test
    void isSilentAboutAComponentThatWasStopped() throws IOException {
        records.find("gateway").map(RunRecord::stopped).ifPresent(records::save);
        processes.getFirst().destroyForcibly();
        start("user-service");
        start("post-service");

        processes.getLast().destroyForcibly();

        await().until(() -> said("post-service"));
        assertThat(output.toString(UTF_8)).doesNotContain("gateway", "user-service");
    }

    @Test
    void leavesWhenTheSuiteHasBeenTakenDown() throws Exception {
        start("user-service");

        records.clear();

        assertThat(stay.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output.toString(UTF_8)).isEmpty();
    }

    private void start(String component) throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        processes.add(process);
        records.save(RunRecord.of(
                component, process.toHandle(), Map.of(), home.log(component).path()));
    }

    private boolean said(String component) {
        return output.toString(UTF_8).contains("./herald start " + component);
    }
}
