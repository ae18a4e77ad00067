package dev.herald.gateway.portal.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.herald.gateway.portal.PortalSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the responses of a Zipkin. */
class TraceClientTest {

    private HttpServer zipkin;
    private TraceClient traces;

    @BeforeEach
    void start() throws IOException {
        zipkin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/api/v2/trace/known", 200, "application/json", """
                [{"name": "get /api", "timestamp": 1000000, "duration": 20000, "localEndpoint": {"serviceName": "gateway"}}]""");
        answer("/api/v2/trace/other", 404, "text/plain", "other not found");
        zipkin.start();
        URI address = URI.create("http://localhost:" + zipkin.getAddress().getPort());
        traces = new TraceClient(new PortalSettings("", address, address));
    }

    @AfterEach
    void stop() {
        zipkin.stop(0);
    }

    private void answer(String path, int status, String type, String body) {
        zipkin.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("content-type", type);
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
    }

    @Test
    void readsTheSpansOfATrace() {
        assertThat(traces.spans("known").block())
                .singleElement()
                .extracting(TraceSpan::service)
                .isEqualTo("gateway");
    }

    @Test
    void hasNoSpansOfAnUnknownTrace() {
        assertThat(traces.spans("other").block()).isEmpty();
    }
}
