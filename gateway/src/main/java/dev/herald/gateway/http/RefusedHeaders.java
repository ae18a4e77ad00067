package dev.herald.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** The headers of a request that is refused. The class itself is the mark, which no client can forge. */
final class RefusedHeaders extends DefaultHttpHeaders {

    private final Refusal refusal;

    RefusedHeaders(HttpHeaders sent, Refusal refusal) {
        this.refusal = refusal;
        set(sent);
        remove(HttpHeaderNames.UPGRADE);
        remove(RequestRules.HTTP2_SETTINGS);
        remove(HttpHeaderNames.EXPECT);
        if (refusal == Refusal.HOST) {
            remove(HttpHeaderNames.HOST);
        }
    }

    Refusal refusal() {
        return refusal;
    }
}
