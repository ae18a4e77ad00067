package dev.herald.benchmarks;

import de.mkammerer.argon2.Argon2;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process of {@link Hashing}. Each input line is a number of milliseconds: the process hashes for that time with one thread per core,
 * and prints the {@link Recorder.Span} of each hash, all in one line of JSON.
 */
final class HashingProcess {

    private HashingProcess() {}

    static void main(String[] arguments) throws Exception {
        HashingCost cost = JsonMapper.shared().readValue(arguments[0], HashingCost.class);
        Argon2 library = cost.library();
        int cores = Runtime.getRuntime().availableProcessors();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                long deadline = System.nanoTime() + Long.parseLong(line) * 1_000_000;
                Callable<List<Recorder.Span>> work = () -> hashUntil(deadline, cost, library);
                List<Recorder.Span> spans = new ArrayList<>();
                for (Future<List<Recorder.Span>> each : threads.invokeAll(Collections.nCopies(cores, work))) {
                    spans.addAll(each.get());
                }
                System.out.println(JsonMapper.shared().writeValueAsString(spans));
            }
        }
    }

    private static List<Recorder.Span> hashUntil(long deadline, HashingCost cost, Argon2 library) {
        List<Recorder.Span> spans = new ArrayList<>();
        String password = UUID.randomUUID().toString();
        do {
            long begin = System.nanoTime();
            cost.hash(library, password);
            spans.add(new Recorder.Span(begin, System.nanoTime()));
        } while (System.nanoTime() < deadline);
        return spans;
    }
}
