package dev.herald.platform.version;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.accept.ApiVersionParser;

@AutoConfiguration(beforeName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ApiVersionAutoConfiguration {

    /** A version is a whole number; Spring's parser also accepts {@code -1} and {@code v1} as 1. */
    @Bean
    @ConditionalOnMissingBean
    ApiVersionParser<Integer> wholeNumberVersions() {
        return Integer::parseUnsignedInt;
    }
}
