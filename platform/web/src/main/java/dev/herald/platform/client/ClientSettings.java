package dev.herald.platform.client;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.util.StringUtils;

/** @param trustedProxies addresses and networks whose {@code X-Forwarded-For} counts, such as {@code 10.0.0.0/8} */
@ConfigurationProperties("herald.client")
record ClientSettings(@DefaultValue List<String> trustedProxies) {

    List<IpAddressMatcher> trusted() {
        return trustedProxies.stream()
                .filter(StringUtils::hasText)
                .map(network -> new IpAddressMatcher(network.strip()))
                .toList();
    }
}
