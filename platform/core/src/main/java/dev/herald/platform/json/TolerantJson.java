package dev.herald.platform.json;

import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

public final class TolerantJson {

    private TolerantJson() {}

    /**
     * Makes a mapper for events and responses of other services. It ignores unknown fields, requires each field that a
     * record declares without {@link java.util.Optional}, and refuses nulls in lists. It does not detect repeated
     * fields, because detection takes time.
     */
    public static JsonMapper like(JsonMapper json) {
        return json.rebuild()
                .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                .build();
    }
}
