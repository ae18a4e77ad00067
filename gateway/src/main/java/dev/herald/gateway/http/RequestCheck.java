package dev.herald.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Marks refused requests and passes them on, so that they get a problem document, a request id, a trace, the security headers and a line
 * in the access log. Netty would answer them with a bare status.
 */
class RequestCheck extends ChannelInboundHandlerAdapter {

    private static final String ROOT = "/";
    private static final String API = "/api";

    private final Function<HttpRequest, @Nullable Refusal> rules;

    /** Set when the decoder has failed: the rest of the connection cannot be read. */
    private boolean broken;

    RequestCheck(Function<HttpRequest, @Nullable Refusal> rules) {
        this.rules = rules;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (broken) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            read(context, request);
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            broken = true;
            content.release();
            // Sends an empty part first, because Reactor Netty closes the connection without a response if the error is
            // the first thing that it receives.
            context.fireChannelRead(new DefaultHttpContent(Unpooled.EMPTY_BUFFER));
            context.fireExceptionCaught(new DecoderException("The body of the request is not well-formed"));
        } else {
            context.fireChannelRead(message);
        }
    }

    private void read(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            broken = true;
            context.fireChannelRead(unreadable(request));
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            ReferenceCountUtil.release(request);
            return;
        }
        Refusal refusal = rules.apply(request);
        context.fireChannelRead(refusal == null ? request : refused(request, refusal));
    }

    /** Keeps the method and the target, unless Netty could not read them and made a {@link FullHttpRequest}. */
    private static HttpRequest unreadable(HttpRequest request) {
        Throwable failure = request.decoderResult().cause();
        RefusedHeaders headers = new RefusedHeaders(request.headers(), Refusal.of(failure));
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        // The invalid header may be Host.
        headers.remove(HttpHeaderNames.HOST);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        boolean firstLine = !(request instanceof FullHttpRequest);
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                firstLine ? request.method() : HttpMethod.GET,
                firstLine ? target(request) : ROOT,
                headers);
    }

    private static HttpRequest refused(HttpRequest request, Refusal refusal) {
        HttpHeaders headers = new RefusedHeaders(request.headers(), refusal);
        return request instanceof FullHttpRequest whole
                ? new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        whole.method(),
                        target(whole),
                        whole.content(),
                        headers,
                        whole.trailingHeaders())
                : new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), target(request), headers);
    }

    /** Replaces an invalid target by {@code /api} or {@code /}, because errors under {@code /api} are always JSON. */
    private static String target(HttpRequest request) {
        if (RequestRules.isTarget(request.uri())) {
            return request.uri();
        }
        return request.uri().startsWith(API + "/") ? API : ROOT;
    }
}
