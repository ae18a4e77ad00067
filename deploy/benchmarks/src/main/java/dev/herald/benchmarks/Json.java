package dev.herald.benchmarks;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the suite speaks it, and as a reader likes it. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.shared();
    static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}
}
