package dev.herald.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.netflix.discovery.AbstractDiscoveryClientOptionalArgs;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.configuration.TlsProperties;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.cloud.netflix.eureka.http.RestClientDiscoveryClientOptionalArgs;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.web.client.RestClient;

/** Sends the registry's credentials in a header, because logs and error messages would show them in a URL. */
@AutoConfiguration(before = DiscoveryClientOptionalArgsConfiguration.class)
@ConditionalOnClass(RestClientDiscoveryClientOptionalArgs.class)
@ConditionalOnMissingClass("org.glassfish.jersey.client.JerseyClient")
@ConditionalOnProperty("herald.registry.password")
@EnableConfigurationProperties(RegistrySettings.class)
class RegistryClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(AbstractDiscoveryClientOptionalArgs.class)
    RestClientDiscoveryClientOptionalArgs registryClientArguments(
            RegistrySettings settings,
            TlsProperties tls,
            EurekaClientHttpRequestFactorySupplier requests,
            ObjectProvider<RestClient.Builder> builders)
            throws GeneralSecurityException, IOException {
        RestClientDiscoveryClientOptionalArgs arguments = new RestClientDiscoveryClientOptionalArgs(
                requests, () -> withCredentials(builders.getIfAvailable(RestClient::builder), settings));
        DiscoveryClientOptionalArgsConfiguration.setupTLS(arguments, tls);
        return arguments;
    }

    private static RestClient.Builder withCredentials(RestClient.Builder builder, RegistrySettings settings) {
        return settings.needsPassword()
                ? builder.requestInterceptor(
                        new BasicAuthenticationInterceptor(settings.username(), settings.password(), UTF_8))
                : builder;
    }
}
