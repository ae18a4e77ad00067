package dev.herald.platform.json;

import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How events and the answers of other services are read. */
public final class TolerantJson {

    private TolerantJson() {}

    /**
     * Unknown fields are ignored; but a field that a record declares, unless as {@link java.util.Optional}, must be there, and no list
     * holds nulls. Repeated fields are not looked for: that is for callers' bodies, and costs time.
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
