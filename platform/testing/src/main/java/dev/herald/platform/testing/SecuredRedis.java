package dev.herald.platform.testing;

import java.io.IOException;
import java.util.List;
import org.springframework.test.util.TestSocketUtils;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A Redis that accepts TLS alone, with the users of an access list. */
public final class SecuredRedis implements AutoCloseable {

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private final RedisServer server;

    /** @param users the lines of {@code redis.conf} that define the users */
    public SecuredRedis(ServerCertificate certificate, List<String> users) throws IOException {
        RedisServerBuilder settings = RedisServer.newRedisServer()
                .port(0)
                .setting("tls-port " + port)
                .setting("tls-cert-file " + certificate.certificate())
                .setting("tls-key-file " + certificate.key())
                .setting("tls-auth-clients no")
                .setting("bind 127.0.0.1")
                .setting("save \"\"");
        users.forEach(settings::setting);
        server = settings.build();
        server.start();
    }

    public String address() {
        return "localhost:" + port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
