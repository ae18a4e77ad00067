package dev.herald.user.session;

import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.InvalidValue;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.util.WebUtils;

/** Requires an allowed {@code Origin} for the cookie, because any page can cause a request with the cookie. */
final class TokenTransportArgument implements HandlerMethodArgumentResolver {

    private static final String COOKIE = "cookie";

    private final boolean secure;
    private final CorsConfiguration origins;

    TokenTransportArgument(CookieSettings settings) {
        this.secure = settings.isSecure();
        this.origins = settings.origins();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(TokenTransport.class);
    }

    @Override
    public TokenTransport resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        Assert.state(request != null, "not a servlet request");
        return transportOf(request);
    }

    TokenTransport transportOf(HttpServletRequest request) {
        List<String> wanted = Collections.list(request.getHeaders(TokenTransport.HEADER));
        if (wanted.isEmpty()) {
            return new BodyTransport();
        }
        if (!wanted.equals(List.of(COOKIE))) {
            throw new InvalidInput(TokenTransport.HEADER, InvalidValue.noneOf(List.of(COOKIE)));
        }
        requireAllowed(Collections.list(request.getHeaders(HttpHeaders.ORIGIN)));
        return new CookieTransport(
                secure,
                Optional.ofNullable(WebUtils.getCookie(request, CookieTransport.name(secure)))
                        .map(cookie -> new RefreshToken(cookie.getValue())));
    }

    private void requireAllowed(List<String> origin) {
        if (origin.size() != 1 || origins.checkOrigin(CookieSettings.normalized(origin.getFirst())) == null) {
            throw new OriginNotAllowed();
        }
    }
}
