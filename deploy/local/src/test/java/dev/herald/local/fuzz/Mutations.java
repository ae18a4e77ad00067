package dev.herald.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes requests as an attacker would. Values that could be a password or an address contain a {@link #MARK}, which
 * is then looked for in logs and responses.
 */
class Mutations {

    /** A text that is in no response or log by itself. */
    static final String MARK = "z9canary";

    /** Texts in ISO-8859-1, one character for each byte that is sent. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\t\r\n",
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "x",
            "x".repeat(300),
            "x".repeat(21_000),
            MARK,
            MARK + "@x.example",
            MARK + "@b\u00fccher.example",
            "\"" + MARK + " a\"@x.example",
            "\u0130" + MARK + "@x.example",
            "a\u0000" + MARK,
            "\u200b\u200d\ufeff",
            "\u202e" + MARK,
            "\ud83d\ude00".repeat(50),
            "e\u0301".repeat(60),
            "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44",
            "<script>" + MARK + "</script>",
            "'; drop table users; --",
            "%00%E4%",
            "${jndi:ldap://" + MARK + "}",
            "../../" + MARK,
            "2026-02-30",
            "2026-01-01T00:00:00+02:00",
            "019985fe-112a-7000-8abc-351ab2f1cd00",
            "00000000-0000-0000-0000-000000000000");

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "123456789012345678901234567890",
            "[]",
            "{}",
            "[null]",
            "[[[]]]",
            "{\"" + MARK + "\":1}",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\udc00\\ud800" + MARK + "\"",
            "NaN",
            "'" + MARK + "'",
            "01",
            "[1,2,",
            "\"" + MARK,
            "tru",
            "/* " + MARK + " */ 1");

    private static final List<String> QUERIES = List.of(
            "%E4",
            "%",
            "%z1",
            "%00",
            "%C0%AF",
            "%ED%A0%80",
            "[a]=1",
            "{a}=1",
            "a|b",
            "a^b",
            "a`b",
            "a\"b",
            "a<b>",
            "a\\b",
            "\u00e4=\u00f6",
            "limit=",
            "limit=0x5",
            "limit=5&limit=6",
            "limit=99999999999999999999",
            "limit=-1",
            "limit=+5",
            "cursor=",
            "cursor=" + MARK,
            "cursor=e30",
            "published=yes",
            "published=",
            "published=TRUE",
            "sort=name,postCount",
            "name=%F0%9F%98%80",
            "name=a&name=b",
            "authorEmail=" + MARK + "%40x.example%E4",
            "authorId=" + MARK,
            "registeredAfter=2026-01-01T00:00:00+02:00",
            "registeredAfter=0000-00-00",
            "registeredAfter=%2B999999999-12-31",
            "include=posts,posts",
            "include=" + MARK,
            "status=sent",
            "userId=1",
            "password=" + MARK,
            "access_token=" + MARK,
            "&&&=&=",
            "?a=b",
            "a#b");

    private static final List<String> SEGMENTS = List.of(
            "",
            ".",
            "..",
            "%2e%2e",
            "%2F",
            "%5C",
            "%00",
            "%E4",
            "%ff%fe",
            "%C0%AF",
            "\u00e4",
            "a;b=c",
            "%3B",
            "a%20b",
            "a b",
            "[1]",
            "{id}",
            "*",
            "me",
            "0",
            "-1",
            "019985FE-112A-7000-8ABC-351AB2F1CD00",
            "1-1-1-1-1",
            "x".repeat(2_000),
            MARK + "@x.example");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json; charset=\"UTF-8\"",
            "application/json; charset=ISO-8859-1",
            "application/json; charset=UTF-16",
            "application/json; charset=nonsense",
            "application/problem+json",
            "application/merge-patch+json",
            "application/vnd.herald+json",
            "application/*",
            "*/*",
            "text/plain",
            "text/html",
            "application/yaml",
            "application/xml",
            "application/cbor",
            "application/octet-stream",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "multipart/mixed; boundary=\"x",
            "",
            ";",
            "json",
            "application/",
            "/json",
            "application/json, text/plain",
            "application/json;q",
            "application/json;" + "a=b;".repeat(200));

    private static final List<String> NAMES = List.of(
            "Accept-Language",
            "Accept-Charset",
            "Accept-Encoding",
            "API-Version",
            "Authorization",
            "Cookie",
            "Content-Encoding",
            "Content-Language",
            "Content-Range",
            "Expect",
            "Forwarded",
            "From",
            "If-Match",
            "If-Modified-Since",
            "If-None-Match",
            "If-Unmodified-Since",
            "Idempotency-Key",
            "Max-Forwards",
            "Origin",
            "Prefer",
            "Range",
            "Referer",
            "TE",
            "Trailer",
            "traceparent",
            "tracestate",
            "Upgrade",
            "User-Agent",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-HTTP-Method-Override",
            "X-Request-Id");

    private static final List<String> VALUES = List.of(
            "",
            "*",
            "\"",
            "\"\"",
            "\"0-whole\", \"1-whole\"",
            "W/\"1\"",
            "1",
            "2",
            "v1",
            "gzip",
            "br, zstd, snappy",
            "gzip;q=0, identity;q=0",
            "*;q=0",
            "100-continue",
            "200-maybe",
            "de-DE, *;q=0.1",
            "xx-" + "y".repeat(40),
            "http://evil.example",
            "http://localhost:3000",
            "null",
            "Bearer",
            "Bearer  " + MARK,
            "Bearer " + MARK + ".x.y",
            "Basic " + MARK,
            "bytes=0-1",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-0000000000000000-00",
            "a=b; a=c",
            "\u00e4\u00f6",
            "\u0001",
            "x".repeat(300),
            "x".repeat(7_000),
            "x".repeat(9_000),
            "websocket",
            "h2c",
            "127.0.0.1",
            "/evil",
            "DELETE",
            "Thu, 01 Jan 1970 00:00:00 GMT");

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "FOO",
            "get",
            "PROPFIND",
            "X".repeat(40));

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the request unchanged, or changed in up to three places. */
    RawRequest mutate(RawRequest request) {
        RawRequest mutated = request;
        int places = random.nextInt(4);
        for (int place = 0; place < places; place++) {
            mutated = mutateOnce(mutated);
        }
        return mutated;
    }

    private RawRequest mutateOnce(RawRequest request) {
        return switch (random.nextInt(request.body().length > 0 ? 14 : 8)) {
            case 0 -> request.withMethod(oneOf(METHODS));
            case 1 -> request.withTarget(anotherPath(request.target()));
            case 2, 3 -> request.withTarget(anotherQuery(request.target()));
            case 4 -> request.withHeader("Accept", oneOf(TYPES));
            case 5 -> request.plusHeader(oneOf(NAMES), bytes(oneOf(VALUES)));
            case 6 -> request.withHeader(oneOf(NAMES), bytes(oneOf(VALUES)));
            case 7 ->
                random.nextInt(10) == 0 ? manyHeaders(request) : request.plusHeader("X-" + random.nextInt(9), "1");
            case 8 -> request.withHeader("Content-Type", oneOf(TYPES));
            case 9 -> request.withBody(anotherBody(request.body()));
            default -> request.withBody(anotherField(request.body()));
        };
    }

    private RawRequest manyHeaders(RawRequest request) {
        RawRequest more = request;
        int count = 90 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            more = more.plusHeader("X-" + i, "1");
        }
        return more;
    }

    private String anotherPath(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        List<String> segments = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        int place = 1 + random.nextInt(segments.size());
        String segment = bytes(oneOf(SEGMENTS));
        switch (random.nextInt(3)) {
            case 0 -> segments.add(place, segment);
            case 1 -> segments.set(Math.min(place, segments.size() - 1), segment);
            default -> segments.remove(Math.min(place, segments.size() - 1));
        }
        String other = String.join("/", segments);
        return (other.startsWith("/") ? other : "/" + other) + (query < 0 ? "" : target.substring(query));
    }

    private String anotherQuery(String target) {
        String query =
                switch (random.nextInt(12)) {
                    case 0 ->
                        IntStream.range(0, 1_500).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
                    case 1 -> "name=" + "x".repeat(3_000 + random.nextInt(9_000));
                    default -> bytes(oneOf(QUERIES));
                };
        return target + (target.contains("?") ? "&" : "?") + query;
    }

    private byte[] anotherBody(byte[] body) {
        return switch (random.nextInt(12)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(body, random.nextInt(body.length));
            case 2 -> joined(body, " {}".getBytes(UTF_8));
            case 3 -> joined("\ufeff".getBytes(UTF_8), body);
            case 4 -> new String(body, UTF_8).getBytes(UTF_16);
            case 5 -> "[".repeat(3_000).getBytes(UTF_8);
            case 6 -> ("{\"name\":\"" + MARK.repeat(200_000) + "\"}").getBytes(UTF_8);
            case 7 -> joined("[".getBytes(UTF_8), joined(body, "]".getBytes(UTF_8)));
            case 8 -> oneOf(JSON).getBytes(UTF_8);
            case 9 -> ("name=" + MARK + "&password=" + MARK + "%E4&a=%").getBytes(UTF_8);
            case 10 -> ("name: 1\nemail: " + MARK + "@x.example\n").getBytes(UTF_8);
            default -> withOtherByte(body);
        };
    }

    private byte[] withOtherByte(byte[] body) {
        byte[] other = body.clone();
        other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        return other;
    }

    /**
     * Changes the value of a field, removes or adds a field, or repeats one. Returns a text, because the result may not
     * be JSON.
     */
    private byte[] anotherField(byte[] body) {
        if (!(parsed(body) instanceof ObjectNode object) || object.isEmpty()) {
            return anotherBody(body);
        }
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = oneOf(names);
        String place = "\"\u0000place\u0000\"";
        switch (random.nextInt(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.put(MARK, 1);
            case 2 -> {
                return object.toString()
                        .replaceFirst("}$", ",\"" + name + "\":1}")
                        .getBytes(UTF_8);
            }
            case 3, 4 -> {
                object.put(name, place);
                return object.toString()
                        .replace(JsonMapper.shared().writeValueAsString(place), oneOf(JSON))
                        .getBytes(UTF_8);
            }
            case 5 -> {
                if (object.get(name) instanceof ArrayNode array && !array.isEmpty()) {
                    for (int i = 0; i < 12; i++) {
                        array.add(array.get(0));
                    }
                } else {
                    object.put(name, oneOf(TEXTS));
                }
            }
            default -> object.put(name, oneOf(TEXTS));
        }
        return object.toString().getBytes(UTF_8);
    }

    private static @Nullable JsonNode parsed(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The bytes of a text in UTF-8, each as one character. */
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
