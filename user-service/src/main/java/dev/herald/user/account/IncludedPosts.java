package dev.herald.user.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts that were asked for, in JSON a list, or null if they cannot be had. */
record IncludedPosts(@JsonValue @Nullable List<PostView> value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    IncludedPosts {}
}
