package dev.herald.benchmarks;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Mappers for compact and for indented JSON. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.shared();
    static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}
}
