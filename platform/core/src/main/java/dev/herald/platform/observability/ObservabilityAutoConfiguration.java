package dev.herald.platform.observability;

import dev.herald.platform.settings.ApplicationSettings;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.annotation.Bean;

@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration"
        })
@EnableConfigurationProperties(ApplicationSettings.class)
class ObservabilityAutoConfiguration {

    private static final String UNKNOWN = "unknown";

    @Bean
    @ConditionalOnMissingBean
    Traces traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        return new Traces(tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
    }

    @Bean
    InfoContributor springBootVersion() {
        return info -> info.withDetail("spring-boot", Map.of("version", SpringBootVersion.getVersion()));
    }

    @Bean
    ProcessMemory processMemory() {
        return new ProcessMemory();
    }

    /**
     * The metric {@code herald_build_info}, always 1, with the version and the commit as labels. It is made with the
     * Prometheus client, because Micrometer has no info metric.
     */
    @Bean
    @ConditionalOnBean(PrometheusRegistry.class)
    Info buildInfo(
            PrometheusRegistry metrics,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<GitProperties> git,
            ApplicationSettings application) {
        Info info = Info.builder()
                .name("herald_build_info")
                .help("The version and commit of this application")
                .labelNames("application", "version", "commit")
                .register(metrics);
        info.setLabelValues(
                application.name(),
                build.stream().map(BuildProperties::getVersion).findAny().orElse(UNKNOWN),
                git.stream().map(GitProperties::getShortCommitId).findAny().orElse(UNKNOWN));
        return info;
    }
}
