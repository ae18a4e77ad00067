package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    SupervisorTest(@TempDir Path folder) {
        home = new Home(folder);
        records = new RunRecords(home.run());
    }

    @BeforeEach
    void run() throws IOException {
        start("gateway");
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        terminal.shutdownNow();
    }

    @Test
    void namesAComponentThatDiesUnasked() throws IOException {
        stay();
        home.log("gateway").append("out of ideas");

        processes.getFirst().destroyForcibly();

        await().until(() -> said("gateway"));
        assertThat(output.toString(UTF_8)).contains("crashed", "| out of ideas", "./herald start gateway");
    }

    @Test
    void isSilentAboutAComponentThatWasStopped() throws IOException {
        stay();
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
        Future<?> stay = stay();
        start("user-service");

        records.clear();

        stay.get();
        assertThat(output.toString(UTF_8)).isEmpty();
    }

    private Future<?> stay() {
        Supervisor supervisor = new Supervisor(home, new Terminal(new PrintStream(output, true, UTF_8), false));
        return terminal.submit(() -> {
            supervisor.stay();
            return true;
        });
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
