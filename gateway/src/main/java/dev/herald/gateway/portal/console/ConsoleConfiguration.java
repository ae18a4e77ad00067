package dev.herald.gateway.portal.console;

import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile("local")
class ConsoleConfiguration {

    private static final int LATEST_REQUESTS = 200;

    /** Spring Boot records each request here, without credentials. */
    @Bean
    HttpExchangeRepository latestRequests() {
        InMemoryHttpExchangeRepository latest = new InMemoryHttpExchangeRepository();
        latest.setCapacity(LATEST_REQUESTS);
        return latest;
    }
}
