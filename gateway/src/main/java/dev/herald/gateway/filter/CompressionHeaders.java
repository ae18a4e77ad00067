package dev.herald.gateway.filter;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Compresses long responses with gzip, marks their entity tags and sets {@code Vary}. Boot's {@code server.compression}
 * changes neither the tag nor {@code Vary}, and Netty chooses any encoding for {@code Accept-Encoding: *}. Does not
 * compress responses with {@code no-store}, because they contain tokens, which the compressed length would reveal in
 * part (BREACH).
 */
class CompressionHeaders implements ServerHttpHeadersWriter {

    private static final long MIN_SIZE = DataSize.ofKilobytes(1).toBytes();

    private static final List<String> TYPES = List.of(
            "application/json", "application/problem+json", "text/html", "text/css", "text/javascript", "text/plain");

    @Override
    public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        HttpStatusCode status = response.getStatusCode();
        if (status != null && status.isSameCodeAs(HttpStatus.NOT_MODIFIED)) {
            vary(headers);
            keepTagOfRequest(headers, exchange.getRequest().getHeaders());
        } else if (isCompressible(status, headers)) {
            vary(headers);
            if (isLong(headers) && accepts(exchange.getRequest().getHeaders().get(HttpHeaders.ACCEPT_ENCODING))) {
                compress(exchange);
            }
        }
        return Mono.empty();
    }

    private static boolean isCompressible(@Nullable HttpStatusCode status, HttpHeaders headers) {
        if (status != null
                && (status.is1xxInformational()
                        || status.isSameCodeAs(HttpStatus.NO_CONTENT)
                        || status.isSameCodeAs(HttpStatus.PARTIAL_CONTENT))) {
            return false;
        }
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null || headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            return false;
        }
        String caching = headers.getFirst(HttpHeaders.CACHE_CONTROL);
        return (caching == null || (!caching.contains("no-store") && !caching.contains("no-transform")))
                && TYPES.stream().anyMatch(compressible -> StringUtils.startsWithIgnoreCase(type, compressible));
    }

    private static void vary(HttpHeaders headers) {
        List<String> varying = headers.get(HttpHeaders.VARY);
        if (varying == null
                || varying.stream()
                        .noneMatch(names -> names.toLowerCase(Locale.ROOT).contains("accept-encoding"))) {
            headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
    }

    /** Gives a 304 the tag that the client sent, with or without the mark of compressed responses. */
    private static void keepTagOfRequest(HttpHeaders headers, HttpHeaders asked) {
        String tag = headers.getFirst(HttpHeaders.ETAG);
        if (tag != null && asked.containsHeader(HttpHeaders.IF_NONE_MATCH)) {
            String compressed = EntityTags.compressed(tag);
            String opaque = compressed.startsWith("W/") ? compressed.substring(2) : compressed;
            if (asked.getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream().anyMatch(tags -> tags.contains(opaque))) {
                headers.set(HttpHeaders.ETAG, compressed);
            }
        }
    }

    /** A response without a length is chunked, and counts as long. */
    private static boolean isLong(HttpHeaders headers) {
        long length = headers.getContentLength();
        return length < 0 || length >= MIN_SIZE;
    }

    /** RFC 9110, section 12.5.3: the quality of {@code gzip} if it is named, otherwise that of {@code *}. */
    static boolean accepts(@Nullable List<String> acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        float named = -1;
        float other = 0;
        for (String line : acceptEncoding) {
            for (String coding : StringUtils.commaDelimitedListToStringArray(line)) {
                int semicolon = coding.indexOf(';');
                String name = (semicolon < 0 ? coding : coding.substring(0, semicolon)).trim();
                if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
                    named = Math.max(named, quality(coding, semicolon));
                } else if (name.equals("*")) {
                    other = quality(coding, semicolon);
                }
            }
        }
        return named >= 0 ? named > 0 : other > 0;
    }

    private static float quality(String coding, int semicolon) {
        if (semicolon < 0) {
            return 1;
        }
        String weight = coding.substring(semicolon + 1).replace(" ", "").replace("\t", "");
        if (!StringUtils.startsWithIgnoreCase(weight, "q=")) {
            return 0;
        }
        try {
            return Float.parseFloat(weight.substring(2));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void compress(ServerWebExchange exchange) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (request.version().equals(HttpVersion.HTTP_1_0)) {
            return; // Netty compresses nothing for HTTP/1.0.
        }
        HttpHeaders headers = exchange.getResponse().getHeaders();
        String tag = headers.getFirst(HttpHeaders.ETAG);
        if (tag != null) {
            headers.set(HttpHeaders.ETAG, EntityTags.compressed(tag));
        }
        if (exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaderValues.GZIP.toString());
            headers.remove(HttpHeaders.CONTENT_LENGTH);
        } else {
            request.requestHeaders().set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP);
            ServerHttpResponseDecorator.<HttpServerResponse>getNativeResponse(exchange.getResponse())
                    .compression(true);
        }
    }
}
