package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.Client.Tokens;
import dev.herald.local.fuzz.ApiDocument;
import dev.herald.local.fuzz.ApiDocument.Operation;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/** Every operation runs with the parameters and the body that the API description shows: "Try it out" at /docs sends these. */
@OnTheSharedSuite
class ApiExamplesIT {

    private static final Settings SETTINGS = SharedSuite.SUITE.settings();

    private static final String REGISTER = "POST /api/users";
    private static final String LOG_IN = "POST /api/auth/login";
    private static final String REFRESH = "POST /api/auth/refresh";
    private static final String LOG_OUT = "POST /api/auth/logout";

    private static final Set<String> BY_MAIL = Set.of(
            "POST /api/auth/verify-email",
            "POST /api/auth/forgot-password",
            "POST /api/auth/reset-password",
            "POST /api/auth/confirm-email",
            "POST /api/auth/undo-email-change",
            "POST /api/users/me/verification",
            "PUT /api/users/me/email");

    @RepeatedTest(2)
    void runAsTheyAreShown() throws InterruptedException {
        String description =
                Http.get(SETTINGS.url(Port.GATEWAY, "/openapi.json")).body();
        // The page at /docs sends the same requests.
        ApiDocument api = new ApiDocument(description.replace("ada@example.com", Client.newAddress()));

        assertThat(run(api, REGISTER, new Tokens("", "")).statusCode()).isEqualTo(201);
        Tokens tokens = Tokens.of(run(api, LOG_IN, new Tokens("", "")));
        for (Operation operation : api.operations()) {
            if (!Set.of(REGISTER, LOG_IN, LOG_OUT).contains(operation.toString())) {
                HttpResponse<String> response = run(api, operation.toString(), tokens);
                assertThat(response.statusCode())
                        .as("%s: %s", operation, response.body())
                        .isIn(expected(operation));
            }
        }
        assertThat(run(api, LOG_OUT, tokens).statusCode()).isEqualTo(204);
    }

    /** No resource has the id of an example, no session its refresh token, and no email its token; another example changes the password. */
    private static Set<Integer> expected(Operation operation) {
        if (BY_MAIL.contains(operation.toString())) {
            return Set.of(202, 403, 410, 429);
        }
        if (operation.toString().equals(REFRESH)) {
            return Set.of(401);
        }
        return operation.path().contains("{") ? Set.of(200, 403, 404) : Set.of(200, 201, 204);
    }

    private static HttpResponse<String> run(ApiDocument api, String name, Tokens tokens) throws InterruptedException {
        Operation operation = api.operations().stream()
                .filter(candidate -> candidate.toString().equals(name))
                .findFirst()
                .orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(SETTINGS.url(Port.GATEWAY, target(api, operation)));
        if (!tokens.access().isEmpty()) {
            request.header("Authorization", "Bearer " + tokens.access());
        }
        api.parameters(operation, "header").stream()
                .filter(ApiExamplesIT::isShown)
                .forEach(header -> request.header(header.get("name").asString(), shown(header)));
        api.exampleBody(operation)
                .ifPresentOrElse(
                        body -> request.header("Content-Type", "application/json")
                                .method(operation.method(), HttpRequest.BodyPublishers.ofString(body.toString())),
                        () -> request.method(operation.method(), HttpRequest.BodyPublishers.noBody()));
        return Http.send(request);
    }

    private static String target(ApiDocument api, Operation operation) {
        String path = operation.path();
        for (JsonNode parameter : api.parameters(operation, "path")) {
            path = path.replace("{%s}".formatted(parameter.get("name").asString()), shown(parameter));
        }
        String query = api.parameters(operation, "query").stream()
                .filter(ApiExamplesIT::isShown)
                .map(parameter -> parameter.get("name").asString() + "=" + shown(parameter))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Whether Swagger UI fills in the parameter. */
    private static boolean isShown(JsonNode parameter) {
        return parameter.has("example") || parameter.at("/schema").has("default");
    }

    private static String shown(JsonNode parameter) {
        return parameter.has("example")
                ? parameter.get("example").asString()
                : parameter.at("/schema/default").asString();
    }
}
