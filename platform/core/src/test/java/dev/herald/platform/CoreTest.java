package dev.herald.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.observability.Traces;
import dev.herald.platform.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.IdGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The beans that every application gets from this module, and how it can replace them or turn them off. */
class CoreTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues("spring.application.name=platform-test", "eureka.client.enabled=false")
            .withConfiguration(AutoConfigurations.of(
                    ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates().stream()
                            .filter(name -> name.startsWith("dev.herald.platform"))
                            .map(CoreTest::load)
                            .toArray(Class<?>[]::new)));

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Bare {}

    @Test
    void givesEveryServiceAClockIdsAndProblems() {
        service.run(context -> {
            assertThat(context).hasNotFailed();
            Instant now = context.getBean(Clock.class).instant();
            assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
            UUID first = context.getBean(IdGenerator.class).generateId();
            assertThat(first.version()).isEqualTo(7);
            assertThat(context).hasSingleBean(Problems.class);
        });
    }

    @Test
    void givesWayToAServicesOwnBean() {
        Clock fixed = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        service.withBean(Clock.class, () -> fixed)
                .run(context -> assertThat(context.getBean(Clock.class)).isSameAs(fixed));
    }

    @Test
    void logsEcsDocumentsButForADevelopersMachine() {
        assertThat(logFormat("default")).isEqualTo("ecs");
        assertThat(logFormat("production")).isEqualTo("ecs");
        assertThat(logFormat("local")).isNull();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void writesTheTraceIntoTheDocuments(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start("production")) {
            Tracer tracer = context.getBean(Tracer.class);
            Span span = tracer.nextSpan().start();
            try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
                LoggerFactory.getLogger("traced").warn("This belongs to a trace");
            }
            assertThat(output.getOut().lines().filter(line -> line.contains("This belongs to a trace")))
                    .singleElement()
                    .satisfies(line -> assertThat(JsonMapper.shared()
                                    .readTree(line)
                                    .path("trace.id")
                                    .asString())
                            .isEqualTo(span.context().traceId()));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void tracesTheShareOfRequestsThatItIsTold(String share, boolean sampled) {
        try (ConfigurableApplicationContext context = start("local", "--HERALD_TRACE_SAMPLING=" + share)) {
            Tracer tracer = context.getBean(Tracer.class);
            assertThat(IntStream.range(0, 100)
                            .mapToObj(request ->
                                    tracer.nextSpan().start().context().sampled()))
                    .containsOnly(sampled);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2"})
    void makesSpansOfAPartOfARequestThatIsSampledOnly(String share, int spans) {
        try (ConfigurableApplicationContext context = start("local", "--HERALD_TRACE_SAMPLING=" + share)) {
            Tracer tracer = context.getBean(Tracer.class);
            Span request = tracer.nextSpan().start();
            try (Tracer.SpanInScope _ = tracer.withSpan(request)) {
                String inside = context.getBean(Traces.class).span("part", () -> spanId(tracer));

                assertThat(Stream.of(request.context().spanId(), inside).distinct())
                        .hasSize(spans);
            }
        }
    }

    private static String spanId(Tracer tracer) {
        Span current = tracer.currentSpan();
        return current == null ? "" : current.context().spanId();
    }

    @Test
    void marksEveryMeterWithTheApplication() {
        try (ConfigurableApplicationContext context = start("local")) {
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .isNotEmpty()
                    .allSatisfy(meter ->
                            assertThat(meter.getId().getTag("application")).isEqualTo("platform-test"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void measuresTheProcessMemoryBesideItsLimit() {
        try (ConfigurableApplicationContext context = start("local")) {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            double resident = meters.get("herald.memory.resident").gauge().value();

            assertThat(resident)
                    .isGreaterThan(Runtime.getRuntime().totalMemory() / 100.0)
                    .isLessThan(meters.get("herald.memory.limit").gauge().value());
        }
    }

    private static @Nullable String logFormat(String profile) {
        try (ConfigurableApplicationContext context = start(profile)) {
            return context.getEnvironment().getProperty("logging.structured.format.console");
        }
    }

    private static ConfigurableApplicationContext start(String profile, String... arguments) {
        return new SpringApplicationBuilder(Bare.class)
                .web(WebApplicationType.NONE)
                .profiles(profile)
                .properties("HERALD_EUREKA_PASSWORD=an orchard in June")
                .run(arguments);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
