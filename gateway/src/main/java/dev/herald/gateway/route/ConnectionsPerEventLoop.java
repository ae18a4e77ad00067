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
 * A connection pool for each event loop, so that a request and its connection share a thread: with one pool, most
 * requests would wake another event loop to write and to read. The limits in the settings apply to each pool.
 */
final class ConnectionsPerEventLoop implements ConnectionProvider {

    private final ThreadLocal<ConnectionProvider> own;

    /** For requests that continue on a virtual thread after the check of their token, or on a Redis client's thread. */
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

    // Reactor Netty reads these properties when it makes its additional pool of HTTP/2 connections.

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
