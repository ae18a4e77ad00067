package dev.herald.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.herald.client.SessionClient.LoginRequest;
import dev.herald.platform.json.TolerantJson;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures the clients of Herald's API. An application adds operations with its own interfaces in the group {@code herald}. The address
 * and the timeouts are {@code spring.http.serviceclient.herald.*}.
 */
@AutoConfiguration(
        beforeName = "org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration",
        afterName = "dev.herald.platform.time.ClockAutoConfiguration")
@ImportHttpServices(
        group = HeraldClientAutoConfiguration.GROUP,
        types = {UserClient.class, PostClient.class, AuthorClient.class, NotificationClient.class, SessionClient.class})
class HeraldClientAutoConfiguration {

    static final String GROUP = "herald";

    @Bean
    RestClientHttpServiceGroupConfigurer heraldApi(ObjectProvider<AccessTokenSupplier> tokens) {
        JsonMapper json = TolerantJson.like(JsonMapper.builder()
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build());
        return groups -> groups.filterByName(GROUP)
                .forEachClient((group, client) -> client.defaultHeader("API-Version", "1")
                        .requestInterceptor(new BearerToken(tokens))
                        .defaultStatusHandler(new ProblemHandler(json))
                        .configureMessageConverters(
                                converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json))));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("herald.client.email")
    @EnableConfigurationProperties(HeraldClientSettings.class)
    static class Account {

        @Bean
        @ConditionalOnMissingBean(AccessTokenSupplier.class)
        AccountSession heraldSession(SessionClient sessions, HeraldClientSettings settings, Clock clock) {
            return new AccountSession(sessions, new LoginRequest(settings.email(), settings.password()), clock);
        }
    }
}
