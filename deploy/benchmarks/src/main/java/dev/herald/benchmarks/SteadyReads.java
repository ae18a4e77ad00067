package dev.herald.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that read until they are closed, each on its own connection, with one request after the other. */
final class SteadyReads implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Recorder.Span> spans = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean ended;

    SteadyReads(URI server, int users, RoundRobin<byte[]> requests) {
        for (int user = 0; user < users; user++) {
            clients.add(threads.submit(() -> {
                read(server, requests);
                return null;
            }));
        }
    }

    private void read(URI server, RoundRobin<byte[]> requests) throws IOException {
        try (PlainConnection connection = new PlainConnection(server)) {
            while (!ended) {
                long begin = System.nanoTime();
                connection.send(requests.next());
                int status = connection.receive().status();
                spans.add(new Recorder.Span(begin, System.nanoTime()));
                if (status != 200) {
                    throw new BenchFailed("A read was answered %d.".formatted(status));
                }
            }
        }
    }

    /** The figures of the reads that overlap this time. */
    Figures during(Recorder.Span time) {
        long[] nanos = spans.stream()
                .filter(read -> read.begin() < time.end() && read.end() > time.begin())
                .mapToLong(Recorder.Span::nanos)
                .toArray();
        return Figures.of(nanos, time.nanos());
    }

    /** Ends the clients, and throws if one has failed. */
    @Override
    public void close() {
        ended = true;
        threads.close();
        clients.stream()
                .filter(client -> client.state() == Future.State.FAILED)
                .findFirst()
                .ifPresent(failed -> {
                    throw new BenchFailed("The reads failed: " + failed.exceptionNow());
                });
    }
}
