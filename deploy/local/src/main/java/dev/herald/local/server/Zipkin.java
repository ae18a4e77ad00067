package dev.herald.local.server;

import dev.herald.local.process.JavaCommand;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

/** Zipkin, the embedded trace backend. It keeps spans in memory. It does not support OTLP, so the services send Zipkin's own format. */
public record Zipkin(Settings settings) implements Component {

    private static final String SAMPLING = "HERALD_TRACE_SAMPLING";

    @Override
    public String name() {
        return "zipkin";
    }

    @Override
    public ProcessBuilder process() {
        return new ProcessBuilder(JavaCommand.with("-Xmx192m")
                .property("armeria.ports[0].address", settings.bindAddress())
                .property("armeria.ports[0].port", settings.port(Port.ZIPKIN))
                .property("armeria.ports[0].protocols[0]", "http")
                .jar(Checkout.zipkin()));
    }

    @Override
    public Probe probe() {
        return Probe.http(settings.url(Port.ZIPKIN, "/health"));
    }

    /** The settings that make a service send spans, by default those of every request. */
    public static Map<String, String> environment(Settings settings) {
        return Map.of(
                "MANAGEMENT_TRACING_EXPORT_ZIPKIN_ENABLED",
                "true",
                "MANAGEMENT_TRACING_EXPORT_ZIPKIN_ENDPOINT",
                settings.url(Port.ZIPKIN, "/api/v2/spans").toString(),
                SAMPLING,
                settings.environment().getOrDefault(SAMPLING, "1.0"));
    }

    /** The page of the trace that a response names in {@code traceresponse}. */
    public static URI trace(Settings settings, HttpResponse<?> answer) {
        String traceId =
                answer.headers().firstValue("traceresponse").orElse("--").split("-", -1)[1];
        return settings.url(Port.ZIPKIN, "/zipkin/traces/" + traceId);
    }
}
