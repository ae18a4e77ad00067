package dev.herald.platform.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

public final class Parameters {

    private Parameters() {}

    /**
     * Asserts that each operation refuses an unknown query parameter, and a declared one that is repeated or blank.
     *
     * @param caller may call all operations
     */
    public static void assertFollowOneRule(ApplicationContext service, Api caller) {
        ApiDescription description = ApiDescription.of(service);
        assertThat(description.operations()).isNotEmpty().allSatisfy(operation -> {
            int blank = operation.indexOf(' ');
            HttpMethod method = HttpMethod.valueOf(operation.substring(0, blank));
            String path = operation
                    .substring(blank + 1)
                    .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
            assertField(caller.send(method, path + "?unheard-of=1", null), "unheard-of", "unknown-parameter");
            caller.send(method, path + "?unheard-of=%E4", null).problem(400, "malformed-request");
            for (String parameter : description.queryParameters(operation)) {
                assertField(
                        caller.send(method, path + "?%1$s=1&%1$s=1".formatted(parameter), null),
                        parameter,
                        "invalid-value");
                assertField(caller.send(method, path + "?" + parameter, null), parameter, "blank");
                assertField(caller.send(method, path + "?%s=".formatted(parameter), null), parameter, "blank");
                assertField(
                        caller.send(method, path + "?%s=%%00".formatted(parameter), null), parameter, "invalid-text");
            }
        });
    }

    private static void assertField(Api.Answer answer, String field, String code) {
        JsonNode errors = answer.problem(400, "validation-failed").get("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.at("/0/field").asString()).isEqualTo(field);
        assertThat(errors.at("/0/code").asString()).isEqualTo(code);
    }
}
