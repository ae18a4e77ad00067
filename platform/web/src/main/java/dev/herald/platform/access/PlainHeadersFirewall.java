package dev.herald.platform.access;

import dev.herald.platform.security.HeaderText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Checks all headers at once, because Spring Security's firewall refuses a header only when it is first read, which can be
 * in the middle of a write. Allows unknown methods, which get 405 later.
 */
final class PlainHeadersFirewall extends StrictHttpFirewall {

    PlainHeadersFirewall() {
        setAllowedHeaderValues(HeaderText::isPlain);
        setUnsafeAllowAnyHttpMethod(true);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        FirewalledRequest firewalled = super.getFirewalledRequest(request);
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                if (!HeaderText.isPlain(value)) {
                    throw new RequestRejectedException("A header holds a control character");
                }
            }
        }
        return firewalled;
    }
}
