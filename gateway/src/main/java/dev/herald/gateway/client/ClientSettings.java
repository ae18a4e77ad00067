package dev.herald.gateway.client;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param trustedProxies the networks of the proxies in front of the gateway, such as {@code 10.0.0.0/8}; {@code X-Forwarded-*}
 *     from other addresses is ignored
 * @param allowedOrigins the origins whose pages may call the API from a browser, such as {@code https://app.example.com};
 *     {@code *} matches any characters, {@code [*]} any port
 */
@ConfigurationProperties("herald.gateway.client")
public record ClientSettings(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue List<String> allowedOrigins) {

    List<IpSubnetFilterRule> trustedNetworks() {
        return trustedProxies.stream().map(ClientSettings::network).toList();
    }

    static boolean contains(List<IpSubnetFilterRule> networks, InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    private static IpSubnetFilterRule network(String cidr) {
        String withMask = cidr.contains("/") ? cidr : cidr + (cidr.contains(":") ? "/128" : "/32");
        try {
            return new IpSubnetFilterRule(withMask, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "herald.gateway.client.trusted-proxies: %s is no network".formatted(cidr), e);
        }
    }
}
