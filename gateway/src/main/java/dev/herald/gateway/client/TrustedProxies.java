package dev.herald.gateway.client;

import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Believes {@code X-Forwarded-*} when it comes from a trusted proxy, and removes it otherwise. Each proxy appends the address
 * that it was called from, so that the caller is the last one that is not itself a trusted proxy; what stands before is hearsay.
 */
class TrustedProxies extends ForwardedHeaderTransformer {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<IpSubnetFilterRule> trusted;
    private final ForwardedHeaderTransformer removing;

    TrustedProxies(List<IpSubnetFilterRule> trusted) {
        super(false); // RFC 7239's header has no proxy that appends to it
        this.trusted = trusted;
        this.removing = new ForwardedHeaderTransformer();
        this.removing.setRemoveOnly(true);
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        if (peer == null || !ClientSettings.contains(trusted, peer)) {
            return removing.apply(request);
        }
        String caller = caller(request.getHeaders().getValuesAsList(FORWARDED_FOR));
        return super.apply(request.mutate()
                .headers(headers -> {
                    headers.remove("Forwarded");
                    replace(headers, caller);
                })
                .build());
    }

    private static void replace(HttpHeaders headers, @Nullable String caller) {
        if (caller == null) {
            headers.remove(FORWARDED_FOR);
        } else {
            headers.set(FORWARDED_FOR, caller);
        }
    }

    private @Nullable String caller(List<String> chain) {
        for (String hop : chain.reversed()) {
            InetSocketAddress address = parse(hop);
            if (address == null) {
                return null;
            }
            if (!ClientSettings.contains(trusted, address)) {
                return hop;
            }
        }
        return chain.isEmpty() ? null : chain.getFirst();
    }

    /** An address, never a name that would have to be looked up. */
    private static @Nullable InetSocketAddress parse(String hop) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(hop), 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
