package dev.herald.platform.remote;

import dev.herald.platform.json.TolerantJson;
import dev.herald.platform.registry.OutlierDetection;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.net.http.HttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures the clients of other services. A group of imported HTTP interfaces ({@code @ImportHttpServices}) has the
 * name of the service that it calls. Spring Cloud finds an instance, and {@link Guard} limits the calls by {@code
 * resilience4j.*}, where the instance {@code <service>} overrides the default.
 */
@AutoConfiguration
@ConditionalOnClass({HttpServiceProxyRegistry.class, TimeLimiterRegistry.class})
@ConditionalOnBean(HttpServiceProxyRegistry.class)
@LoadBalancerClients(defaultConfiguration = InstancesOfAService.class)
class RemoteAutoConfiguration {

    @Bean
    RestClientHttpServiceGroupConfigurer otherServices(
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            TimeLimiterRegistry timeLimiters,
            BulkheadRegistry bulkheads,
            RetryRegistry retries,
            CircuitBreakerRegistry circuitBreakers,
            HttpServiceClientProperties addresses,
            OutlierDetection outliers,
            ObjectProvider<DiscoveryClient> registry,
            JsonMapper json) {
        JacksonJsonHttpMessageConverter bodies = new JacksonJsonHttpMessageConverter(TolerantJson.like(json));
        return groups -> groups.filter(group -> isOurs(group, addresses)).forEachGroup((group, client, proxies) -> {
            Guard guard = new Guard(
                    executor,
                    timeLimiters.timeLimiter(group.name()),
                    bulkheads.bulkhead(group.name()),
                    retries.retry(group.name()),
                    circuitBreakers.circuitBreaker(group.name()),
                    () -> outliers.hasOthersThatAnswer(registry.getObject().getInstances(group.name())));
            client.requestInterceptor(new TokenRelay())
                    .configureMessageConverters(converters -> converters.withJsonConverter(bodies));
            proxies.exchangeAdapterDecorator(exchange -> new GuardedExchange(exchange, guard));
        });
    }

    /**
     * Whether the service is found in the registry. A service with a configured address may not be one of Herald's, and
     * must not get access tokens.
     */
    private static boolean isOurs(HttpServiceGroup group, HttpServiceClientProperties addresses) {
        HttpClientProperties own = addresses.get(group.name());
        return own == null || own.getBaseUrl() == null;
    }

    /** Uses HTTP/1.1, because no service has HTTP/2, which the JDK's client would offer with every request. */
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> http11() {
        return requests -> requests.withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1));
    }
}
