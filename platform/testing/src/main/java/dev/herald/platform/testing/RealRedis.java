package dev.herald.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.test.util.TestSocketUtils;
import redis.embedded.RedisServer;

/** The Redis of this JVM, started when the first test needs it. */
public final class RealRedis {

    private static final class Running {
        static final RedisServer SERVER = create();

        private static RedisServer create() {
            try {
                RedisServer server = RedisServer.newRedisServer()
                        .port(TestSocketUtils.findAvailableTcpPort())
                        .setting("save \"\"")
                        .setting("bind 127.0.0.1")
                        .build();
                server.start();
                Runtime.getRuntime().addShutdownHook(new Thread(RealRedis::stop));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private RealRedis() {}

    public static String url() {
        return "redis://127.0.0.1:" + Running.SERVER.ports().getFirst();
    }

    public static void stop() {
        try {
            Running.SERVER.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts Redis again, at the same address and empty. */
    public static void start() {
        try {
            Running.SERVER.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
