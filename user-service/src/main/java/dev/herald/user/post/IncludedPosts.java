package dev.herald.user.post;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serialized as a list, or as null if post-service is unavailable. */
public record IncludedPosts(@JsonValue @Nullable List<PostView> value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IncludedPosts {}
}
