package dev.herald.local;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Takes the place of a collector: receives OTLP over HTTP in Protobuf. */
final class OtlpReceiver implements AutoCloseable {

    private static final String TRACES = "/v1/traces";
    private static final String LOGS = "/v1/logs";

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    /** @param parent empty for the first span of a trace */
    record Span(Source source, String name, String trace, String id, String parent, long startNanos, long endNanos) {

        String service() {
            return source.service();
        }
    }

    /** A line of a log. */
    record Line(Source source, String trace, String text) {}

    /** What the resource attributes say. */
    record Source(String service, String instance, String version) {}

    OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(TRACES, this::receiveSpans);
        server.createContext(LOGS, this::receiveLines);
        server.start();
    }

    String tracesUrl() {
        return "http://localhost:" + server.getAddress().getPort() + TRACES;
    }

    String logsUrl() {
        return "http://localhost:" + server.getAddress().getPort() + LOGS;
    }

    List<Span> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    List<Line> lines(String trace) {
        return lines.stream().filter(line -> line.trace().equals(trace)).toList();
    }

    /** What the spans hold of a URL with a token. */
    Queue<String> tokens() {
        return tokens;
    }

    private void receiveSpans(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest received = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        received.toString().lines().filter(line -> line.contains("token=")).forEach(tokens::add);
        received.getResourceSpansList()
                .forEach(batch -> batch.getScopeSpansList().stream()
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> new Span(
                                source(batch.getResource()),
                                span.getName(),
                                hex(span.getTraceId()),
                                hex(span.getSpanId()),
                                hex(span.getParentSpanId()),
                                span.getStartTimeUnixNano(),
                                span.getEndTimeUnixNano()))
                        .forEach(spans::add));
        answer(exchange, ExportTraceServiceResponse.getDefaultInstance().toByteArray());
    }

    private void receiveLines(HttpExchange exchange) throws IOException {
        ExportLogsServiceRequest.parseFrom(exchange.getRequestBody())
                .getResourceLogsList()
                .forEach(batch -> batch.getScopeLogsList().stream()
                        .flatMap(scope -> scope.getLogRecordsList().stream())
                        .map(line -> new Line(
                                source(batch.getResource()),
                                hex(line.getTraceId()),
                                line.getBody().getStringValue()))
                        .forEach(lines::add));
        answer(exchange, ExportLogsServiceResponse.getDefaultInstance().toByteArray());
    }

    private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static Source source(Resource resource) {
        return new Source(
                attribute(resource, "service.name"),
                attribute(resource, "service.instance.id"),
                attribute(resource, "service.version"));
    }

    private static String attribute(Resource resource, String key) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findAny()
                .orElse("");
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
