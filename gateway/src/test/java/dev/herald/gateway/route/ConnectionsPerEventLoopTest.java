package dev.herald.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

class ConnectionsPerEventLoopTest {

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger();

    private final ConnectionProvider connections = new ConnectionsPerEventLoop(() -> {
        int pool = made.getAndIncrement();
        return (config, observer, address, resolvers) -> {
            used.set(pool);
            return Mono.<Connection>empty();
        };
    });

    @Test
    void areOfOnePoolForEveryVirtualThread() throws Exception {
        List<Integer> pools = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int request = 0; request < 50; request++) {
                pools.add(threads.submit(this::pool).get());
            }
        }

        assertThat(pools).containsOnly(0);
        assertThat(made).hasValue(1);
    }

    @Test
    void comeFromAPoolForEachEventLoop() throws Exception {
        LoopResources resources = LoopResources.create("loops-of-a-test", 2, true);
        try {
            EventLoopGroup loops = resources.onServer(true);
            EventLoop one = loops.next();
            EventLoop other = loops.next();

            int first = one.submit(this::pool).get();

            assertThat(other.submit(this::pool).get()).isNotEqualTo(first);
            assertThat(one.submit(this::pool).get()).isEqualTo(first);
        } finally {
            resources.disposeLater().block();
        }
    }

    /** Reactor Netty makes its HTTP/2 pool from this one. */
    @Test
    void tellOfTheSettingsOfTheirPool() {
        ConnectionProvider pool =
                ConnectionProvider.builder("a pool").maxConnections(7).build();

        ConnectionProvider whole = new ConnectionsPerEventLoop(() -> pool);

        assertThat(whole.mutate()).isNotNull();
        assertThat(whole.maxConnections()).isEqualTo(7);
        assertThat(whole.name()).isEqualTo("a pool");
    }

    private int pool() {
        connections.acquire(HttpClient.create().configuration(), ConnectionObserver.emptyListener(), null, null);
        return used.get();
    }
}
