package dev.herald.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Refuses the requests that a service's Tomcat would answer with its own error page.
 *
 * @param maxFirstLine bytes of the request line
 * @param maxHeaderSize bytes of all header names and values
 * @param maxUpgradedBody bytes of the body of a request that offers HTTP/2
 */
record RequestRules(long maxFirstLine, long maxHeaderSize, long maxUpgradedBody) {

    /** Fewer than the services accept, because the gateway adds some. */
    private static final int MAX_HEADERS = 100;

    private static final AsciiString HTTP2 = AsciiString.cached("h2c");

    static final AsciiString HTTP2_SETTINGS = AsciiString.cached("HTTP2-Settings");

    private static final int MAX_PORT = 65_535;

    /** A path or an HTTP URL, with or without a query, of the characters of RFC 3986, sections 3.3 and 3.4. */
    private static final Pattern TARGET = Pattern.compile("(?:(?i:https?:/)?/)[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");

    /** RFC 3986, section 3.2.2, without percent-encoding. */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<ipv6>[^]]*)]|[A-Za-z0-9._~!$&'()*+,;=-]+)(?::(?<port>0*[0-9]{1,5}))?");

    @Nullable
    Refusal refusalOf(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (request.decoderResult() instanceof HttpMessageDecoderResult read) {
            if (read.initialLineLength() > maxFirstLine) {
                return Refusal.TARGET_TOO_LONG;
            }
            if (read.headerSize() > maxHeaderSize) {
                return Refusal.HEADERS_TOO_LARGE;
            }
        }
        boolean http11 = version.equals(HttpVersion.HTTP_1_1);
        if (!http11 && !version.equals(HttpVersion.HTTP_1_0)) {
            return Refusal.VERSION;
        }
        HttpHeaders headers = request.headers();
        if (headers.contains(HttpHeaderNames.UPGRADE)) {
            if (!headers.containsValue(HttpHeaderNames.UPGRADE, HTTP2, true)) {
                return Refusal.UPGRADE;
            }
            declineIfLong(headers);
        }
        return refusalOf(request, http11);
    }

    /** Declines an upgrade with a long body: Netty would read the body, and refuse it without a problem document. */
    private void declineIfLong(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        boolean tooLong = length != null && Long.parseLong(length) > maxUpgradedBody;
        if (tooLong || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            headers.remove(HttpHeaderNames.UPGRADE);
            headers.remove(HTTP2_SETTINGS);
        }
    }

    /** Checks an HTTP/2 request. It needs no {@code Host}, and Netty does not report the size of its headers. */
    @Nullable
    Refusal refusalOfHttp2(HttpRequest request) {
        if (request.uri().length() > maxFirstLine) {
            return Refusal.TARGET_TOO_LONG;
        }
        long size = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> headers =
                request.headers().iteratorCharSequence();
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            size += header.getKey().length() + header.getValue().length();
        }
        return size > maxHeaderSize ? Refusal.HEADERS_TOO_LARGE : refusalOf(request, false);
    }

    private static @Nullable Refusal refusalOf(HttpRequest request, boolean needsHost) {
        HttpHeaders headers = request.headers();
        if (headers.size() > MAX_HEADERS) {
            return Refusal.HEADERS_TOO_LARGE;
        }
        if (!isTarget(request.uri())) {
            return Refusal.TARGET;
        }
        Iterator<? extends CharSequence> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
        if (hosts.hasNext() ? !isHost(hosts.next()) || hosts.hasNext() : needsHost) {
            return Refusal.HOST;
        }
        String expectation = headers.get(HttpHeaderNames.EXPECT);
        return expectation == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)
                ? null
                : Refusal.EXPECTATION;
    }

    static boolean isTarget(String target) {
        return TARGET.matcher(target).matches() && (target.indexOf('%') < 0 || isUtf8(target));
    }

    private static boolean isUtf8(String target) {
        try {
            byte[] decoded = StringUtils.uriDecode(target, ISO_8859_1).getBytes(ISO_8859_1);
            UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
            return true;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isHost(CharSequence host) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        String ipv6 = matcher.group("ipv6");
        String port = matcher.group("port");
        return (ipv6 == null || NetUtil.isValidIpV6Address(ipv6))
                && (port == null || Integer.parseInt(port) <= MAX_PORT);
    }
}
