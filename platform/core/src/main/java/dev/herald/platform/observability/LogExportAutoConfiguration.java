package dev.herald.platform.observability;

import ch.qos.logback.classic.LoggerContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Also sends log lines to an OTLP receiver, as soon as the application has its beans. Boot configures the exporter, but
 * no Logback appender.
 */
@AutoConfiguration(afterName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnProperty("management.opentelemetry.logging.export.otlp.endpoint")
class LogExportAutoConfiguration {

    @Bean(destroyMethod = "stop")
    OpenTelemetryAppender openTelemetryAppender(OpenTelemetry telemetry) {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        OpenTelemetryAppender appender = new OpenTelemetryAppender();
        appender.setContext(logback);
        appender.setOpenTelemetry(telemetry);
        appender.setCaptureMdcAttributes("requestId");
        appender.start();
        logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return appender;
    }
}
