package dev.herald.platform.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.resolver.DefaultEndpoint;
import com.netflix.discovery.shared.transport.EurekaHttpClient;
import com.netflix.discovery.shared.transport.TransportClientFactory;
import com.netflix.discovery.shared.transport.jersey.TransportClientFactories;
import java.util.List;

/** The clients of all configured registries, which are checked one by one because callers read from any of them. */
record Registries(List<EurekaHttpClient> clients) {

    private static final String DEFAULT_ZONE = "defaultZone";

    static Registries of(
            EurekaClientConfig config, TransportClientFactories<?> transports, ApplicationInfoManager instance) {
        TransportClientFactory transport = transports.newTransportClientFactory(config, List.of(), instance.getInfo());
        return new Registries(config.getEurekaServerServiceUrls(DEFAULT_ZONE).stream()
                .map(url -> transport.newClient(new DefaultEndpoint(url)))
                .toList());
    }
}
