package dev.herald.platform.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.resolver.DefaultEndpoint;
import com.netflix.discovery.shared.transport.EurekaHttpClient;
import com.netflix.discovery.shared.transport.TransportClientFactory;
import com.netflix.discovery.shared.transport.jersey.TransportClientFactories;
import java.util.List;

/** One client for each configured registry. All of them are checked, because callers read from any. */
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
