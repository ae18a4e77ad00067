package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Password hashing alone, on all cores: what no registration can outrun. It has a JVM of its own, called as the services' are, and
 * takes its turn as one of the sides.
 */
final class Hashing implements Load, AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /** @param java how the JVM of a service is called */
    Hashing(List<String> java, Argon2 cost) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                HashingProcess.class.getName(),
                Json.MAPPER.writeValueAsString(cost)));
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

    /** One who gives orders; the threads are the process's. */
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

    /** Ends the process: it goes when it hears nothing more. */
    @Override
    public void close() throws IOException {
        requests.close();
    }

    /** Hashes that long, and counts. */
    void hash(Duration duration, Recorder recorder) {
        long now = System.nanoTime();
        try {
            requests.write(duration.toMillis() + "\n");
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the process ended");
            }
            for (Span span : Json.MAPPER.readValue(answer, Span[].class)) {
                recorder.good(span);
            }
        } catch (IOException | RuntimeException e) {
            recorder.failed("hashing: " + e.getMessage(), new Span(now, System.nanoTime()));
        }
    }
}
