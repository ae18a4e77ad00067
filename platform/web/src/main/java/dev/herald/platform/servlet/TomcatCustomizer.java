package dev.herald.platform.servlet;

import dev.herald.platform.error.ProblemWriter;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.request.RequestIds;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.util.unit.DataSize;

record TomcatCustomizer(Problems problems, ProblemWriter writer, RequestIds ids)
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** Above the gateway's limit, because the gateway adds headers. */
    private static final int HEADER_COUNT = 200;

    private static final DataSize HEADER_SIZE = DataSize.ofKilobytes(32);

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(TomcatCustomizer::customize);
        tomcat.addContextCustomizers(this::customize);
    }

    private static void customize(Connector connector) {
        // Forms are not parsed, so that no parameter comes from a body.
        connector.setParseBodyMethods("");
        connector.setProperty("maxHeaderCount", String.valueOf(HEADER_COUNT));
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setMaxHttpRequestHeaderSize(Math.toIntExact(HEADER_SIZE.toBytes()));
        }
    }

    private void customize(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(RefusedRequestValve.class.getName());
            host.getPipeline().addValve(new RefusedRequestValve(problems, writer, ids));
        }
    }
}
