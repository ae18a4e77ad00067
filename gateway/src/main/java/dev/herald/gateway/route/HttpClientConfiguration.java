package dev.herald.gateway.route;

import java.util.List;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.resources.ConnectionProvider;

/** HTTP client settings for which {@code spring.cloud.gateway.server.webflux.httpclient} has no property. */
@Configuration(proxyBeanMethods = false)
class HttpClientConfiguration {

    /** Sends a request once. By default Reactor Netty repeats it if the connection was reset, even a write that may have been executed. */
    @Bean
    HttpClientCustomizer sendOnce() {
        return client -> client.disableRetry(true);
    }

    /** Replaces the connection pool of Spring Cloud Gateway's factory, for which there is no customizer. */
    @Bean
    HttpClientFactory httpClient(
            HttpClientProperties properties,
            ServerProperties server,
            HttpClientSslConfigurer ssl,
            List<HttpClientCustomizer> customizers) {
        return new HttpClientFactory(properties, server, ssl, customizers) {
            @Override
            protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
                return new ConnectionsPerEventLoop(() -> super.buildConnectionProvider(properties));
            }
        };
    }
}
