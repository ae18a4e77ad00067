package dev.herald.gateway.http;

import dev.herald.gateway.problem.GatewayProblem;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** The headers of a refused request. The refusal is a field of this class, because a client could forge a header. */
public final class RefusedHeaders extends DefaultHttpHeaders {

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

    public GatewayProblem problem() {
        return refusal.problem();
    }
}
