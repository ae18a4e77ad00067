package dev.herald.platform.observability;

import java.net.InetSocketAddress;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.http.server.reactive.ServerHttpRequest;

public class ManagementPort implements ApplicationListener<WebServerInitializedEvent> {

    /** Boot's name for the actuator's web server. */
    private static final String NAMESPACE = "management";

    private volatile int number = -1;

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (NAMESPACE.equals(event.getApplicationContext().getServerNamespace())) {
            number = event.getWebServer().getPort();
        }
    }

    public boolean is(int port) {
        return port == number;
    }

    public boolean isOf(ServerHttpRequest request) {
        InetSocketAddress address = request.getLocalAddress();
        return address != null && is(address.getPort());
    }
}
