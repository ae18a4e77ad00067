package dev.herald.gateway.route;

import io.netty.resolver.AddressResolverGroup;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool of connections for every thread that calls. Netty gives a new connection to the event loop that asks for it; from one pool for
 * all, the next request would come upon it from another loop, and wake that one for what it sends, and be woken for what comes back.
 */
final class ConnectionsOfAThread implements ConnectionProvider {

    private final ThreadLocal<ConnectionProvider> own;

    ConnectionsOfAThread(Supplier<ConnectionProvider> pools) {
        this.own = ThreadLocal.withInitial(pools);
    }

    @Override
    public Mono<? extends Connection> acquire(
            TransportConfig config,
            ConnectionObserver observer,
            @Nullable Supplier<? extends SocketAddress> remoteAddress,
            @Nullable AddressResolverGroup<?> resolvers) {
        return own.get().acquire(config, observer, remoteAddress, resolvers);
    }
}
