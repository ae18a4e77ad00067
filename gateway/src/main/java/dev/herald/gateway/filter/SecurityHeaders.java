package dev.herald.gateway.filter;

import java.util.List;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ContentSecurityPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StrictTransportSecurityServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XContentTypeOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter;

/** The security headers of every response, errors from outside of Spring Security's filter chain included. */
final class SecurityHeaders {

    /** What the gateway's own pages may load; a JSON response loads nothing. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static ServerHttpHeadersWriter writer() {
        ContentSecurityPolicyServerHttpHeadersWriter content = new ContentSecurityPolicyServerHttpHeadersWriter();
        content.setPolicyDirectives(CONTENT_SECURITY_POLICY);
        return new CompositeServerHttpHeadersWriter(List.of(
                content,
                new XContentTypeOptionsServerHttpHeadersWriter(),
                new XFrameOptionsServerHttpHeadersWriter(),
                new ReferrerPolicyServerHttpHeadersWriter(),
                new StrictTransportSecurityServerHttpHeadersWriter()));
    }
}
