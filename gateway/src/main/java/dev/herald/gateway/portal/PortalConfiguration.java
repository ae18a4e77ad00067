package dev.herald.gateway.portal;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PortalSettings.class)
class PortalConfiguration implements WebFluxConfigurer {

    private final PortalSettings settings;

    PortalConfiguration(PortalSettings settings) {
        this.settings = settings;
    }

    /** Browsers revalidate the files, so that an upgrade takes effect at once. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/assets/*.css", "/assets/*.js")
                .addResourceLocations("classpath:/portal/")
                .setCacheControl(CacheControl.noCache());
        files.addResourceHandler("/docs/swagger-ui*.css", "/docs/swagger-ui*.js")
                .addResourceLocations(settings.swaggerUi())
                .setCacheControl(CacheControl.noCache());
    }
}
