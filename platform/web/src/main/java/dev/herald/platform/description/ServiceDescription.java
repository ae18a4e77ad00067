package dev.herald.platform.description;

import static dev.herald.platform.description.OperationDescription.PROBLEM_CODES;

import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import dev.herald.platform.security.SecuritySettings;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/** Completes the whole document: what no single handler knows, and one order for all of it. */
final class ServiceDescription implements OpenApiCustomizer {

    private static final String BEARER = "bearer";
    private static final List<String> REFUSED_BEARER =
            List.of("authentication-required", "invalid-token", "token-expired", "token-revoked");

    private final Environment environment;
    private final ObjectProvider<SecuritySettings> security;
    private final ProblemResponses problems;
    private final VersionHeader version;
    private final Vocabulary vocabulary;

    ServiceDescription(
            Environment environment,
            ObjectProvider<SecuritySettings> security,
            ProblemResponses problems,
            VersionHeader version,
            Vocabulary vocabulary) {
        this.environment = environment;
        this.security = security;
        this.problems = problems;
        this.version = version;
        this.vocabulary = vocabulary;
    }

    @Override
    public void customise(OpenAPI api) {
        api.info(info()).servers(List.of(new Server().url("/")));
        Components components = api.getComponents()
                .addSecuritySchemes(BEARER, vocabulary.bearer())
                .addSchemas("Problem", vocabulary.problem());
        if (version.name() != null) {
            components.addParameters(version.name(), version.parameter());
        }
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> complete(operation, method, path, components)));
        sort(api);
    }

    private Info info() {
        String name = environment.getProperty("spring.application.name", "service");
        return new Info()
                .title("Herald " + name)
                .description("What " + name + " offers behind Herald's gateway.")
                .version(environment.getProperty("spring.application.version", "1"))
                .license(new License().name("Apache-2.0").identifier("Apache-2.0"));
    }

    private void complete(Operation operation, PathItem.HttpMethod method, String path, Components components) {
        List<String> codes = new ArrayList<>();
        if (operation.getExtensions().remove(PROBLEM_CODES) instanceof Iterable<?> own) {
            own.forEach(code -> codes.add(code.toString()));
        }
        if (isPublic(method, path)) {
            operation.setSecurity(List.of());
        } else {
            operation.setSecurity(List.of(new SecurityRequirement().addList(BEARER)));
            codes.addAll(REFUSED_BEARER);
        }
        BodyExamples examples = new BodyExamples(components.getSchemas());
        if (operation.getRequestBody() != null) {
            examples.addTo(operation.getRequestBody().getContent());
        }
        operation.getResponses().values().forEach(response -> examples.addTo(response.getContent()));
        Map<String, ApiResponse> responses = new TreeMap<>(operation.getResponses());
        responses.putAll(problems.of(codes, path, invalid(operation, components)));
        operation.setResponses(new ApiResponses());
        responses.forEach(operation.getResponses()::addApiResponse);
        describeParameters(operation);
    }

    /** A field that the body must have, or else a parameter that the query may not have. */
    private static InvalidField invalid(Operation operation, Components components) {
        return required(operation, components)
                .map(field -> InvalidValue.required().at(field))
                .orElseGet(() -> InvalidValue.unknownParameter(query(operation)).at("page"));
    }

    private static Optional<String> required(Operation operation, Components components) {
        return Optional.ofNullable(operation.getRequestBody())
                .map(body -> body.getContent().values().iterator().next().getSchema())
                .map(schema -> Schemas.resolve(schema, components.getSchemas()))
                .map(Schema::getRequired)
                .map(List::getFirst);
    }

    private static List<String> query(Operation operation) {
        return Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .filter(parameter -> "query".equals(parameter.getIn()))
                .map(Parameter::getName)
                .toList();
    }

    private boolean isPublic(PathItem.HttpMethod method, String path) {
        SecuritySettings settings = security.getIfAvailable();
        return settings != null && settings.isPublic(method.name(), path);
    }

    private void describeParameters(Operation operation) {
        List<Parameter> parameters = new ArrayList<>(Objects.requireNonNullElse(operation.getParameters(), List.of()));
        parameters.forEach(this::describe);
        if (version.name() != null) {
            // springdoc adds one of its own where a mapping names a version
            parameters.removeIf(parameter -> version.name().equals(parameter.getName()));
            parameters.add(new Parameter().$ref(version.name()));
        }
        operation.setParameters(parameters);
    }

    private void describe(Parameter parameter) {
        vocabulary.parameter(parameter.getName()).ifPresent(known -> {
            if (parameter.getDescription() == null) {
                parameter.setDescription(known.getDescription());
            }
            if (parameter.getExample() == null) {
                parameter.setExample(known.getExample());
            }
        });
    }

    /** springdoc goes by the order in which the JVM lists methods, and by hash codes. */
    @SuppressWarnings("rawtypes") // as the library has it
    private static void sort(OpenAPI api) {
        Paths paths = new Paths();
        new TreeMap<>(api.getPaths()).forEach(paths::addPathItem);
        api.setPaths(paths);
        Map<String, Schema> schemas = new TreeMap<>(api.getComponents().getSchemas());
        api.getComponents().setSchemas(schemas);
        if (api.getTags() != null) {
            api.setTags(api.getTags().stream()
                    .sorted(Comparator.comparing(Tag::getName))
                    .toList());
        }
    }
}
