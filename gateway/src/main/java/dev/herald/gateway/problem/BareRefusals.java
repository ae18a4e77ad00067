package dev.herald.gateway.problem;

import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.Problems;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.Set;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What is no request for Netty it refuses by a status alone, before anybody else has seen it. Here it is told as everywhere. */
@Configuration(proxyBeanMethods = false)
class BareRefusals {

    private static final Set<HttpResponseStatus> NETTYS_OWN = Set.of(
            HttpResponseStatus.BAD_REQUEST,
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            HttpResponseStatus.REQUEST_URI_TOO_LONG,
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);

    @Bean
    NettyServerCustomizer explainingBareRefusals(Problems problems, JsonMapper json) {
        ChannelHandler explaining = new Explaining(problems, json);
        return server -> server.doOnChannelInit((observer, channel, remote) -> add(explaining, channel.pipeline()));
    }

    /** Next to the codec, for what takes up an upgrade refuses too; behind TLS there is none yet, nor an upgrade. */
    private static void add(ChannelHandler explaining, ChannelPipeline pipeline) {
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec == null) {
            pipeline.addLast(explaining);
        } else {
            pipeline.addAfter(codec.name(), null, explaining);
        }
    }

    @ChannelHandler.Sharable
    private static class Explaining extends ChannelOutboundHandlerAdapter {

        private final Problems problems;
        private final JsonMapper json;

        Explaining(Problems problems, JsonMapper json) {
            this.problems = problems;
            this.json = json;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) throws Exception {
            super.write(
                    context,
                    message instanceof FullHttpResponse answer && isBare(answer) ? explained(answer) : message,
                    written);
        }

        private static boolean isBare(FullHttpResponse answer) {
            return NETTYS_OWN.contains(answer.status())
                    && !answer.content().isReadable()
                    && !answer.headers().contains(HttpHeaderNames.CONTENT_TYPE);
        }

        /** The path is among what could not be read. */
        private FullHttpResponse explained(FullHttpResponse answer) {
            ProblemDocument problem =
                    problems.of(HttpStatusCode.valueOf(answer.status().code()), "/");
            byte[] body = json.writeValueAsBytes(problem);
            FullHttpResponse whole = answer.replace(Unpooled.wrappedBuffer(body));
            whole.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                    .set("X-Content-Type-Options", "nosniff")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
            answer.release();
            return whole;
        }
    }
}
