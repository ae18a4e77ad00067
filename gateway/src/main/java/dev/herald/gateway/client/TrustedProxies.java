package dev.herald.gateway.client;

import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Applies {@code X-Forwarded-*} if a trusted proxy sent it, and removes it otherwise. Each proxy appends the address of
 * its caller, so the client is the last address that is not a trusted proxy; earlier addresses may be forged.
 */
class TrustedProxies extends ForwardedHeaderTransformer {

    static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final List<String> FORWARDED = List.of(
            "Forwarded",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Proto",
            "X-Forwarded-Prefix",
            "X-Forwarded-Ssl");

    private final List<IpSubnetFilterRule> trusted;
    private final ForwardedHeaderTransformer removing;

    TrustedProxies(List<IpSubnetFilterRule> trusted) {
        super(false); // Reads X-Forwarded-For, not Forwarded (RFC 7239): few proxies append to the latter.
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
        try {
            return super.apply(forwarded(request, caller, headers -> headers.remove("Forwarded")));
        } catch (RuntimeException e) {
            // Without the other headers, because one has an invalid host or port. The client's address is still valid.
            return super.apply(forwarded(request, caller, headers -> FORWARDED.forEach(headers::remove)));
        }
    }

    private static ServerHttpRequest forwarded(
            ServerHttpRequest request, @Nullable String caller, Consumer<HttpHeaders> without) {
        return request.mutate()
                .headers(headers -> {
                    without.accept(headers);
                    replace(headers, caller);
                })
                .build();
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

    /** Parses literals only, because a name would cause a DNS query. */
    private static @Nullable InetSocketAddress parse(String hop) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(hop), 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
