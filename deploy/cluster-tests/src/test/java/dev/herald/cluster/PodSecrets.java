package dev.herald.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Secrets that the chart expects.
 *
 * @param prefix the prefix of their names, because podman's secrets are global to the machine
 */
record PodSecrets(String prefix, Path folder) {

    private static final List<String> DATABASES = List.of("users", "posts", "notifications");

    /** A key of 32 bytes. */
    private static final String KEY = encode("cluster-tests on a local machine");

    /** The chart's values that name these Secrets. */
    List<String> values() {
        return Stream.concat(
                        Stream.of("secretName=" + prefix),
                        DATABASES.stream().map(name -> "databases.%s.secretName=%s".formatted(name, ofDatabase(name))))
                .toList();
    }

    void create() throws IOException, InterruptedException {
        create(
                prefix,
                Map.of("HERALD_SECRET", KEY, "HERALD_EMAIL_SECRET", KEY, "HERALD_EUREKA_PASSWORD", "cluster-tests"));
        for (String database : DATABASES) {
            create(ofDatabase(database), Map.of("username", database, "password", Servers.PASSWORD));
        }
    }

    /** Creates a podman secret with the data of a Secret, because podman before version 5 cannot read a Secret object. */
    private void create(String name, Map<String, String> values) throws IOException, InterruptedException {
        Map<String, String> data = new HashMap<>(values);
        data.replaceAll((key, value) -> encode(value));
        if (Podman.run("version", "--format", "{{.Client.Version}}").startsWith("4.")) {
            Podman.run("secret", "create", name, write(name, data).toString());
        } else {
            Map<String, ?> secret =
                    Map.of("apiVersion", "v1", "kind", "Secret", "metadata", Map.of("name", name), "data", data);
            Podman.run("kube", "play", write(name, secret).toString());
        }
    }

    void remove() throws IOException, InterruptedException {
        Podman.attempt("secret", "rm", prefix);
        for (String database : DATABASES) {
            Podman.attempt("secret", "rm", ofDatabase(database));
        }
    }

    private String ofDatabase(String name) {
        return prefix + "-" + name;
    }

    private Path write(String name, Map<String, ?> content) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".json"), JsonMapper.shared().writeValueAsString(content));
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
