package dev.herald.platform.client;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Finds the client of a request. Each proxy appends its caller's address to {@code X-Forwarded-For}, so the client is
 * the last address there that is not a trusted proxy; the addresses before it may be forged. The header is ignored if
 * the caller is not a trusted proxy.
 */
record ClientArgument(List<IpAddressMatcher> trusted) implements HandlerMethodArgumentResolver {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final int MAX_USER_AGENT = 200;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Client.class);
    }

    @Override
    public Client resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest received = request.getNativeRequest(HttpServletRequest.class);
        Assert.state(received != null, "not a servlet request");
        return new Client(ClientNetwork.of(addressOf(received)), userAgentOf(received));
    }

    InetAddress addressOf(HttpServletRequest request) {
        InetAddress caller = InetAddress.ofLiteral(request.getRemoteAddr());
        if (!isTrusted(caller)) {
            return caller;
        }
        List<String> chain = Collections.list(request.getHeaders(FORWARDED_FOR)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
        for (String hop : chain.reversed()) {
            try {
                caller = InetAddress.ofLiteral(hop.strip());
            } catch (IllegalArgumentException e) {
                return caller;
            }
            if (!isTrusted(caller)) {
                return caller;
            }
        }
        return caller;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.matches(address.getHostAddress()));
    }

    private static @Nullable String userAgentOf(HttpServletRequest request) {
        String sent = request.getHeader(HttpHeaders.USER_AGENT);
        return StringUtils.hasText(sent) ? sent.substring(0, Math.min(sent.length(), MAX_USER_AGENT)) : null;
    }
}
