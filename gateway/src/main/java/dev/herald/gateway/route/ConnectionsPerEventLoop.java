package dev.herald.gateway.route;

import io.netty.resolver.AddressResolverGroup;
import java.net.SocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool of connections for every event loop. Reactor Netty gives a new connection to the event loop that asks for it; from one pool for
 * all, the next request would come upon it from another loop, and wake that one for what it sends, and be woken for what comes back.
 * What the settings of the pool limit, they limit for each of them.
 */
final class ConnectionsPerEventLoop implements ConnectionProvider {

    private final ThreadLocal<ConnectionProvider> own;

    /**
     * For a request that goes on elsewhere: in a virtual thread, where its token was verified, and there are as many of those as requests; or
     * in a thread of Redis' client, which has no connections to give.
     */
    private final ConnectionProvider shared;

    ConnectionsPerEventLoop(Supplier<ConnectionProvider> pools) {
        this.own = ThreadLocal.withInitial(pools);
        this.shared = pools.get();
    }

    @Override
    public Mono<? extends Connection> acquire(
            TransportConfig config,
            ConnectionObserver observer,
            @Nullable Supplier<? extends SocketAddress> remoteAddress,
            @Nullable AddressResolverGroup<?> resolvers) {
        return pool().acquire(config, observer, remoteAddress, resolvers);
    }

    // A connection that speaks HTTP/2, which takes TLS, is pooled a second time, by these.

    @Override
    public @Nullable String name() {
        return shared.name();
    }

    @Override
    public int maxConnections() {
        return shared.maxConnections();
    }

    @Override
    public @Nullable Map<SocketAddress, Integer> maxConnectionsPerHost() {
        return shared.maxConnectionsPerHost();
    }

    @Override
    public @Nullable Builder mutate() {
        return shared.mutate();
    }

    private ConnectionProvider pool() {
        return Thread.currentThread() instanceof NonBlocking ? own.get() : shared;
    }
}
