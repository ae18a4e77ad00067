package dev.herald.gateway.route;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool of connections for every event loop. Netty gives a new connection to the event loop that asks for it; from one pool for
 * all, the next request would come upon it from another loop, and wake that one for what it sends, and be woken for what comes back.
 */
final class ConnectionsOfALoop implements ConnectionProvider {

    private final ThreadLocal<ConnectionProvider> own;

    /** For a request that goes on in a virtual thread, where its token was verified: there are as many of those as requests. */
    private final ConnectionProvider shared;

    ConnectionsOfALoop(Supplier<ConnectionProvider> pools) {
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

    private ConnectionProvider pool() {
        return Thread.currentThread() instanceof FastThreadLocalThread ? own.get() : shared;
    }
}
