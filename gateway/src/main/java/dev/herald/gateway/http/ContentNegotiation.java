package dev.herald.gateway.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.accept.HeaderContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Ignores {@code charset} in {@code Accept}, because the gateway's own responses are always in UTF-8. */
@Configuration(proxyBeanMethods = false)
class ContentNegotiation implements WebFluxConfigurer {

    private static final String CHARSET = "charset";

    @Override
    public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
        RequestedContentTypeResolver accept = new HeaderContentTypeResolver();
        builder.resolver(exchange -> inUtf8(accept.resolveMediaTypes(exchange)));
    }

    private static List<MediaType> inUtf8(List<MediaType> accepted) {
        return accepted.stream().map(ContentNegotiation::withoutCharset).toList();
    }

    private static MediaType withoutCharset(MediaType type) {
        if (type.getParameter(CHARSET) == null) {
            return type;
        }
        Map<String, String> parameters = new LinkedHashMap<>(type.getParameters());
        parameters.keySet().removeIf(CHARSET::equalsIgnoreCase);
        return new MediaType(type, parameters);
    }
}
