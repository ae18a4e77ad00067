package dev.herald.gateway.http;

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
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are passed on: those that the services' Tomcat accepts as well, so that Tomcat never answers with an error page of its
 * own.
 *
 * @param maxFirstLine bytes of the request line
 * @param maxHeaderSize bytes of all header names and values together
 * @param maxUpgradedBody bytes of the body of a request that offers HTTP/2
 */
record RequestRules(long maxFirstLine, long maxHeaderSize, long maxUpgradedBody) {

    /** Fewer than the services accept, because the gateway adds some. */
    private static final int MAX_HEADERS = 100;

    private static final AsciiString HTTP2 = AsciiString.cached("h2c");

    static final AsciiString HTTP2_SETTINGS = AsciiString.cached("HTTP2-Settings");

    private static final int MAX_PORT = 65_535;

    /** RFC 3986, sections 3.3 and 3.4: the characters of a path or a query, and the percent sign. */
    private static final boolean[] TARGET_CHARACTERS = characters("-._~!$&'()*+,;=:@/?%");

    /** RFC 3986, section 3.2.2: a registered name, without percent-encoding. */
    private static final boolean[] NAME_CHARACTERS = characters("-._~!$&'()*+,;=");

    private static boolean[] characters(String others) {
        boolean[] allowed = new boolean[128];
        for (char character = 0; character < allowed.length; character++) {
            allowed[character] = Character.isLetterOrDigit(character) || others.indexOf(character) >= 0;
        }
        return allowed;
    }

    /** Why an HTTP/1 request is refused; null if it is not. */
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

    /** Netty reads the body before it upgrades to HTTP/2, and refuses one that is too long with a bare status. */
    private void declineIfLong(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        // The decoder has checked that it is a number.
        boolean tooLong = length != null && Long.parseLong(length) > maxUpgradedBody;
        if (tooLong || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            headers.remove(HttpHeaderNames.UPGRADE);
            headers.remove(HTTP2_SETTINGS);
        }
    }

    /** The same for an HTTP/2 request, whose bytes Netty does not report, and which needs no {@code Host}. */
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

    /** Whether it is a path or an HTTP URL, with or without a query, and its percent-encoded bytes are UTF-8. */
    static boolean isTarget(String target) {
        if (!target.startsWith("/") && !isUrl(target)) {
            return false;
        }
        boolean encoded = false;
        for (int at = 0; at < target.length(); at++) {
            char character = target.charAt(at);
            if (character >= TARGET_CHARACTERS.length || !TARGET_CHARACTERS[character]) {
                return false;
            }
            encoded |= character == '%';
        }
        return !encoded || isUtf8(target);
    }

    private static boolean isUrl(String target) {
        return target.regionMatches(true, 0, "http://", 0, 7) || target.regionMatches(true, 0, "https://", 0, 8);
    }

    private static boolean isUtf8(String target) {
        ByteBuffer decoded = ByteBuffer.allocate(target.length());
        for (int at = 0; at < target.length(); at++) {
            char character = target.charAt(at);
            if (character != '%') {
                decoded.put((byte) character);
                continue;
            }
            int high = at + 2 < target.length() ? Character.digit(target.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(target.charAt(at + 2), 16);
            if (low < 0) {
                return false;
            }
            decoded.put((byte) ((high << 4) | low));
            at += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isHost(CharSequence sent) {
        String host = sent.toString();
        int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        if (colon >= 0 && !isPort(host, colon + 1)) {
            return false;
        }
        if (name.startsWith("[")) {
            return name.endsWith("]") && NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1));
        }
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            if (character >= NAME_CHARACTERS.length || !NAME_CHARACTERS[character]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPort(String host, int start) {
        int port = 0;
        for (int at = start; at < host.length(); at++) {
            char digit = host.charAt(at);
            if (digit < '0' || digit > '9') {
                return false;
            }
            port = port * 10 + digit - '0';
            if (port > MAX_PORT) {
                return false;
            }
        }
        return start < host.length();
    }
}
