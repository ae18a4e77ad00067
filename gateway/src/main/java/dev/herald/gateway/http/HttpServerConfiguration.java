package dev.herald.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.logging.HttpMessageLogFactory;
import reactor.netty.http.logging.ReactorNettyHttpMessageLogFactory;

/** Puts {@link RequestCheck} between Netty's codec and Spring. */
@Configuration(proxyBeanMethods = false)
class HttpServerConfiguration {

    /** Above the limits of {@link RequestRules}: Netty must read a request, so that it gets a problem document. */
    private static final int READABLE = (int) DataSize.ofKilobytes(128).toBytes();

    private static final String NOT_LOGGED = "<filtered>";

    @Bean
    NettyServerCustomizer requestCheck(ServerProperties server, NettyServerProperties netty) {
        RequestRules rules = new RequestRules(
                netty.getMaxInitialLineLength().toBytes(),
                server.getMaxHttpRequestHeaderSize().toBytes(),
                netty.getH2cMaxContentLength().toBytes());
        return http -> http.doOnChannelInit((observer, channel, remote) -> addTo(channel.pipeline(), rules))
                .childObserve((connection, state) -> addToStream(connection, state, rules))
                .httpMessageLogFactory(withoutContent());
    }

    /**
     * Raises the limits that Boot's customizer has set, so that Netty can read the requests that {@link RequestRules}
     * refuse with a problem document. Runs after Boot's customizer, which would overwrite them.
     */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> readableRequests(NettyServerProperties netty) {
        return factory -> factory.addServerCustomizers(http -> http.httpRequestDecoder(
                        decoder -> decoder.maxInitialLineLength(READABLE)
                                .maxHeaderSize(READABLE)
                                .h2cMaxContentLength(
                                        (int) netty.getH2cMaxContentLength().toBytes()))
                .http2Settings(settings -> settings.maxHeaderListSize(READABLE)));
    }

    private static void addTo(ChannelPipeline pipeline, RequestRules rules) {
        if (!addAfterCodec(pipeline, rules)) {
            // With TLS the codec is added when the handshake has agreed on the protocol.
            pipeline.addBefore(NettyPipeline.ReactiveBridge, null, new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
                    super.userEventTriggered(context, event);
                    if (event instanceof SslHandshakeCompletionEvent) {
                        addAfterCodec(pipeline, rules);
                        pipeline.remove(this);
                    }
                }
            });
        }
    }

    /** Adds the check before the handler that upgrades to HTTP/2. Returns false if there is no codec yet. */
    private static boolean addAfterCodec(ChannelPipeline pipeline, RequestRules rules) {
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec != null) {
            pipeline.addAfter(codec.name(), null, new RequestCheck(rules::refusalOf));
        }
        return codec != null;
    }

    private static void addToStream(Connection connection, ConnectionObserver.State state, RequestRules rules) {
        Channel channel = connection.channel();
        if (state.equals(ConnectionObserver.State.CONNECTED) && channel instanceof Http2StreamChannel) {
            channel.pipeline().addAfter(NettyPipeline.H2ToHttp11Codec, null, new RequestCheck(rules::refusalOfHttp2));
        }
    }

    /** Hides the content of requests in Reactor Netty's log lines, which quote requests that could not be decoded. */
    private static HttpMessageLogFactory withoutContent() {
        return new ReactorNettyHttpMessageLogFactory() {
            @Override
            protected Function<String, String> uriValueFunction() {
                return uri -> NOT_LOGGED;
            }

            @Override
            protected Function<DecoderResult, String> decoderResultFunction() {
                return result -> result.isFailure()
                        ? "failure(" + result.cause().getClass().getSimpleName() + ")"
                        : "success";
            }

            @Override
            protected Function<Map.Entry<String, String>, String> headerValueFunction() {
                return header -> NOT_LOGGED;
            }
        };
    }
}
