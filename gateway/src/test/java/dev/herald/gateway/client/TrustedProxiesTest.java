package dev.herald.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class TrustedProxiesTest {

    private final TrustedProxies proxies = new TrustedProxies(
            new ClientSettings(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"), List.of()).trustedNetworks());

    @ParameterizedTest
    @CsvSource({
        // From other callers: the headers are ignored.
        "203.0.113.9, 198.51.100.1, 203.0.113.9",
        "203.0.113.9, , 203.0.113.9",
        // From a trusted proxy: the client is the last address that is not one of the trusted proxies.
        "10.1.2.3, 198.51.100.1, 198.51.100.1",
        "192.0.2.7, 198.51.100.1, 198.51.100.1",
        "2001:db8::1, 198.51.100.1, 198.51.100.1",
        "10.1.2.3, '6.6.6.6, 198.51.100.1', 198.51.100.1",
        "10.1.2.3, '6.6.6.6, 198.51.100.1, 10.9.9.9', 198.51.100.1",
        "10.1.2.3, '10.9.9.9, 10.8.8.8', 10.9.9.9",
        // An invalid address is ignored.
        "10.1.2.3, 'unknown', 10.1.2.3",
        "10.1.2.3, , 10.1.2.3"
    })
    void theCallerIsTheLastOneWhomNoProxyOfOursIs(String peer, @Nullable String forwardedFor, String caller) {
        assertThat(call(peer, forwardedFor).getRemoteAddress())
                .extracting(InetSocketAddress::getHostString)
                .isEqualTo(caller);
    }

    @Test
    void removeTheForwardedHeaders() {
        for (String peer : List.of("10.1.2.3", "203.0.113.9")) {
            assertThat(call(peer, "198.51.100.1").getHeaders().headerNames()).containsExactly("Accept");
        }
    }

    @Test
    void refuseAnInvalidNetworkAtStartup() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientSettings(List.of("proxy.example"), List.of()).trustedNetworks())
                .withMessageContaining("proxy.example");
    }

    private ServerHttpRequest call(String peer, @Nullable String forwardedFor) {
        MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/")
                .header("Accept", "*/*")
                .header("Forwarded", "for=6.6.6.6")
                .header("X-Forwarded-Proto", "https")
                .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 1234));
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor);
        }
        return proxies.apply(request.build());
    }
}
