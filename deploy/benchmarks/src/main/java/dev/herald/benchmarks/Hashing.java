package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A load that only hashes passwords, on all cores: the upper limit of the rate of registrations. It runs in another JVM, {@link
 * HashingProcess}, with the options of a service.
 */
final class Hashing implements Load, AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /** @param java the Java command and the JVM options of a service */
    Hashing(List<String> java, HashingCost cost) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HashingProcess.class.getName(),
                JsonMapper.shared().writeValueAsString(cost)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader();
        requests = process.outputWriter();
    }

    @Override
    public String name() {
        return "hashing alone";
    }

    /** One, because the process itself has a thread for each core. */
    @Override
    public int users() {
        return 1;
    }

    @Override
    public ChainBuilder work(String title, Duration duration, Recorder recorder) {
        return exec(session -> {
            hash(duration, recorder);
            return session;
        });
    }

    /** Closes the input of the process, which then ends. */
    @Override
    public void close() throws IOException {
        requests.close();
    }

    void hash(Duration duration, Recorder recorder) {
        long now = System.nanoTime();
        try {
            requests.write(duration.toMillis() + "\n");
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the process ended");
            }
            for (Recorder.Span span : JsonMapper.shared().readValue(answer, Recorder.Span[].class)) {
                recorder.good(span);
            }
        } catch (IOException | RuntimeException e) {
            recorder.failed("hashing: " + e.getMessage(), new Recorder.Span(now, System.nanoTime()));
        }
    }
}
