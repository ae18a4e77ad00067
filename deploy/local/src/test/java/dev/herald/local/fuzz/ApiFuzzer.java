package dev.herald.local.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the operations of an API description with valid, slightly invalid and invalid requests, and checks every
 * response.
 */
public class ApiFuzzer {

    /** Statuses of refusals that are not part of an operation. */
    private static final List<Integer> OF_HTTP = List.of(400, 404, 405, 406, 408, 413, 414, 415, 417, 431, 501);

    private static final List<String> ON_EVERY_ANSWER = List.of(
            "x-request-id", "x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy");

    private static final int WORKERS = 6;

    private final String host;
    private final int port;
    private final ApiDocument api;
    private final Map<String, Integer> statusOfCodes;
    private final Callers callers;
    private final AtomicLong answered = new AtomicLong();
    private final Map<String, AtomicLong> answersByOperation = new ConcurrentHashMap<>();
    private final Map<String, List<String>> faults = new ConcurrentHashMap<>();

    /** The callers, and the ids of existing resources. */
    public interface Callers {

        /** An access token; empty for an anonymous call. */
        @Nullable
        String token(RandomGenerator random);

        /** The id of an existing resource, for a variable of a path such as {@code /api/posts/{id}}. */
        String id(String path, RandomGenerator random);

        /** To be called when a token was refused: its owner may have been deleted or logged out. */
        void refused(String token);
    }

    /**
     * @param openapi the API description
     * @param problems the catalogue of problems, as {@code /problems} has it in JSON
     */
    public ApiFuzzer(String host, int port, String openapi, String problems, Callers callers) {
        this.host = host;
        this.port = port;
        this.api = new ApiDocument(openapi);
        this.statusOfCodes = new TreeMap<>();
        JsonMapper.shared()
                .readTree(problems)
                .get("items")
                .valueStream()
                .forEach(problem -> statusOfCodes.put(
                        problem.get("code").asString(), problem.get("status").asInt()));
        this.callers = callers;
    }

    /** Sends requests for this time. The same seed makes the same requests, except for ids and tokens. */
    public Report run(Duration time, long seed) throws InterruptedException {
        Instant end = Instant.now().plus(time);
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Thread> workers = IntStream.range(0, WORKERS)
                .mapToObj(worker -> {
                    SplittableRandom random = seeds.split();
                    return Thread.ofVirtual().name("fuzz-" + worker).start(() -> work(random, end));
                })
                .toList();
        for (Thread worker : workers) {
            worker.join();
        }
        List<String> uncalled = api.operations().stream()
                .map(Object::toString)
                .filter(operation -> !answersByOperation.containsKey(operation))
                .toList();
        return new Report(answered.get(), uncalled, new TreeMap<>(faults));
    }

    /**
     * @param answers how many were checked
     * @param uncalled operations that no request has reached
     * @param faults kinds of faults, each with some requests that show it
     */
    public record Report(long answers, List<String> uncalled, Map<String, List<String>> faults) {}

    private void work(RandomGenerator random, Instant end) {
        Mutations mutations = new Mutations(random);
        while (Instant.now().isBefore(end)) {
            ApiDocument.Operation operation =
                    api.operations().get(random.nextInt(api.operations().size()));
            @Nullable String token = callers.token(random);
            RawRequest request = mutations.mutate(request(operation, token, random));
            try {
                check(request, token);
            } catch (IOException | RuntimeException e) {
                report("no answer that can be read: " + e, request, "");
            }
        }
    }

    private RawRequest request(ApiDocument.Operation operation, @Nullable String token, RandomGenerator random) {
        StringBuilder target = new StringBuilder(operation.path());
        int variable = target.indexOf("{");
        if (variable >= 0) {
            target.replace(variable, target.indexOf("}") + 1, callers.id(operation.path(), random));
        }
        if (random.nextInt(8) == 0 && target.toString().startsWith("/api/")) {
            target.insert(4, "/v1");
        }
        String separator = "?";
        for (JsonNode parameter : api.parameters(operation, "query")) {
            JsonNode example = parameter.has("example") ? parameter.get("example") : parameter.at("/schema/example");
            if (random.nextBoolean()
                    && example.isValueNode()
                    && !parameter.get("name").asString().equals("cursor")) {
                target.append(separator)
                        .append(parameter.get("name").asString())
                        .append('=')
                        .append(URLEncoder.encode(example.asString(), UTF_8));
                separator = "&";
            }
        }
        RawRequest request = new RawRequest(operation.method(), target.toString(), List.of(), new byte[0]);
        if (token != null) {
            request = request.plusHeader("Authorization", "Bearer " + token);
        }
        Optional<JsonNode> body = api.exampleBody(operation);
        return body.isPresent()
                ? request.plusHeader("Content-Type", "application/json")
                        .withBody(withNewValues(body.get()).toString().getBytes(UTF_8))
                : request;
    }

    /** Examples that only work once are changed: an address can be taken. */
    private static JsonNode withNewValues(JsonNode example) {
        if (example.deepCopy() instanceof ObjectNode body) {
            for (String email : List.of("email", "newEmail")) {
                if (body.has(email)) {
                    body.put(email, Mutations.MARK + UUID.randomUUID() + "@x.example");
                }
            }
            for (String password : List.of("password", "currentPassword", "newPassword")) {
                if (body.has(password)) {
                    body.put(password, Mutations.MARK + " S3cret gr\u00f6\u00dfe");
                }
            }
            return body;
        }
        return example;
    }

    private void check(RawRequest request, @Nullable String token) throws IOException {
        Optional<RawAnswer> received = RawAnswer.to(request, host, port);
        if (received.isEmpty()) {
            report("no answer", request, "");
            return;
        }
        RawAnswer answer = received.get();
        answered.incrementAndGet();
        if (answer.status() == 401 && token != null) {
            callers.refused(token);
        }
        for (String header : ON_EVERY_ANSWER) {
            if (answer.header(header).isEmpty()) {
                report("%d without %s".formatted(answer.status(), header), request, answer);
            }
        }
        if (answer.status() >= 500 && answer.status() != 501) {
            report("%d".formatted(answer.status()), request, answer);
        }
        if (isPage(request, answer)) {
            return;
        }
        String path = request.target().replaceFirst("\\?.*", "");
        Optional<ApiDocument.Operation> operation = api.operation(request.method(), path);
        operation.ifPresent(called -> answersByOperation
                .computeIfAbsent(called.toString(), key -> new AtomicLong())
                .incrementAndGet());
        if (operation.isPresent() && operation.get().isDescribed(answer.status())) {
            String difference = api.difference(operation.get(), answer);
            if (!difference.isEmpty()) {
                report(
                        "%d of %s is not as described: %s".formatted(answer.status(), operation.get(), difference),
                        request,
                        answer);
            }
        } else if (answer.status() >= 400) {
            if (operation.isPresent() && !OF_HTTP.contains(answer.status())) {
                report("%d is not described for %s".formatted(answer.status(), operation.get()), request, answer);
            }
        } else if (operation.isPresent()) {
            report("%d is not described for %s".formatted(answer.status(), operation.get()), request, answer);
        }
        if (answer.status() >= 400 && !request.method().equals("HEAD")) {
            checkProblem(request, answer);
        }
        if (answer.text().contains("java.")
                || answer.text().contains("Exception")
                || answer.text().contains("org.postgresql")) {
            report("an answer that shows the inside", request, answer);
        }
    }

    /** Outside the API, an error is an HTML page for clients that prefer HTML. */
    private static boolean isPage(RawRequest request, RawAnswer answer) {
        return answer.status() >= 400
                && answer.mediaType().equals("text/html")
                && !request.target().startsWith("/api/")
                && request.hasHeader("Accept");
    }

    private void checkProblem(RawRequest request, RawAnswer answer) {
        String difference = api.differenceFromProblem(answer);
        if (!difference.isEmpty()) {
            report("%d is %s".formatted(answer.status(), difference), request, answer);
            return;
        }
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        String code = problem.path("code").asString("");
        if (!Integer.valueOf(answer.status()).equals(statusOfCodes.get(code))) {
            report("%d with the code %s".formatted(answer.status(), code), request, answer);
        }
        if (problem.path("traceId").asString("").isEmpty()) {
            report("%d without a traceId".formatted(answer.status()), request, answer);
        }
        if ((answer.status() == 429 || answer.status() == 503 || answer.status() == 504)
                && answer.header("retry-after").isEmpty()) {
            report("%d without Retry-After".formatted(answer.status()), request, answer);
        }
    }

    private void report(String fault, RawRequest request, Object answer) {
        faults.compute(fault, (key, examples) -> {
            List<String> some = examples == null ? new ArrayList<>() : examples;
            if (some.size() < 3) {
                some.add(request + " -> " + answer);
            }
            return some;
        });
    }
}
