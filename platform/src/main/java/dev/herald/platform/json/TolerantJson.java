package dev.herald.platform.json;

import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How events and the answers of other services are read. */
public final class TolerantJson {

    private TolerantJson() {}

    /**
     * Whoever writes may add fields; but one that a record declares, unless as {@link java.util.Optional}, must be there, and no list
     * holds nulls.
     */
    public static JsonMapper like(JsonMapper json) {
        return json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                .build();
    }
}
