package dev.herald.platform.body;

import dev.herald.platform.error.HandlerInvocation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.web.accept.ContentNegotiationManager;
import org.springframework.web.accept.FixedContentNegotiationStrategy;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the controllers' methods with JSON as the only media type. The request's media types are checked before the
 * call, and {@link HandlerInvocation} marks the request when the method begins.
 */
class JsonHandlerAdapter extends RequestMappingHandlerAdapter {

    private final JsonMediaTypes mediaTypes = new JsonMediaTypes();
    private final JsonMapper json;

    JsonHandlerAdapter(JsonMapper json) {
        this.json = json;
    }

    /** Replaces the converters that Spring has found on the class path. */
    @Override
    public void afterPropertiesSet() {
        ByteArrayHttpMessageConverter writtenAlready = new ByteArrayHttpMessageConverter();
        writtenAlready.setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
        setMessageConverters(List.of(writtenAlready, new Utf8JsonConverter(json)));
        // Every response is JSON; {@code Accept} is checked before the handler runs.
        setContentNegotiationManager(
                new ContentNegotiationManager(new FixedContentNegotiationStrategy(MediaType.APPLICATION_JSON)));
        super.afterPropertiesSet();
    }

    @Override
    protected @Nullable ModelAndView handleInternal(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod handler) throws Exception {
        mediaTypes.check(request, handler);
        return super.handleInternal(request, response, handler);
    }

    @Override
    protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod handler) {
        return new ServletInvocableHandlerMethod(handler) {
            @Override
            protected @Nullable Object doInvoke(@Nullable Object... arguments) throws Exception {
                HandlerInvocation.begin(RequestContextHolder.currentRequestAttributes());
                return super.doInvoke(arguments);
            }
        };
    }
}
