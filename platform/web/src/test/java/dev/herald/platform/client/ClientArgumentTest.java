package dev.herald.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientArgumentTest {

    private final ClientArgument argument =
            new ClientArgument(new ClientSettings(List.of("127.0.0.0/8", " ::1", "10.0.0.0/8", "")).trusted());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1   |                                   | 127.0.0.1
            127.0.0.1   | 203.0.113.7                       | 203.0.113.7
            ::1         | 2001:db8::7                       | 2001:db8:0:0:0:0:0:7
            127.0.0.1   | 203.0.113.7, 10.1.2.3             | 203.0.113.7
            127.0.0.1   | 198.51.100.1, 203.0.113.7         | 203.0.113.7
            127.0.0.1   | 198.51.100.1,203.0.113.7,10.1.2.3 | 203.0.113.7
            127.0.0.1   | 127.0.5.1                         | 127.0.5.1
            127.0.0.1   | ::ffff:203.0.113.7                | 203.0.113.7
            127.0.0.1   | example.com                       | 127.0.0.1
            127.0.0.1   | 203.0.113.7, nonsense, 10.1.2.3   | 10.1.2.3
            198.51.100.9| 203.0.113.7                       | 198.51.100.9
            198.51.100.9| 127.0.0.1                         | 198.51.100.9
            """)
    void isTheLastAddressThatIsNoTrustedProxy(String peer, @Nullable String forwardedFor, String client) {
        assertThat(argument.addressOf(request(peer, forwardedFor)).getHostAddress())
                .isEqualTo(client);
    }

    @Test
    void readsTheLinesOfTheHeaderAsOneList() {
        MockHttpServletRequest request = request("127.0.0.1", "198.51.100.1");
        request.addHeader("X-Forwarded-For", "203.0.113.7");

        assertThat(argument.addressOf(request).getHostAddress()).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.0/24",
        "::ffff:203.0.113.7, 203.0.113.0/24",
        "2001:db8::7, 2001:db8::/64",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
        "2001:db8:aaaa:0:ffff::, 2001:db8:aaaa::/64",
        "::1, ::/64"
    })
    void hasTheNetworkOfOneSubscriber(String address, String network) {
        assertThat(ClientNetwork.of(InetAddress.ofLiteral(address))).hasToString(network);
    }

    @Test
    void refusesAProxyThatIsNoNetwork() {
        assertThatThrownBy(() -> new ClientSettings(List.of("proxy.example.com")).trusted())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MockHttpServletRequest request(String peer, @Nullable String forwardedFor) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        if (forwardedFor != null) {
            request.addHeader("X-Forwarded-For", forwardedFor);
        }
        return request;
    }
}
