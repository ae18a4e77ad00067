package dev.herald.chaos;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares post-service's authors with user-service's users. */
record ReadModel(Evidence evidence) {

    /** Authors that are missing, superfluous or different. */
    List<String> differences() {
        Set<String> ids = new HashSet<>(evidence.users().keySet());
        ids.addAll(evidence.authors().keySet());
        return ids.stream()
                .filter(id -> !user(id).equals(author(id)))
                .map(id -> "%s is not %s".formatted(author(id), user(id)))
                .toList();
    }

    private Evidence.Row user(String id) {
        return evidence.users().getOrDefault(id, Evidence.Row.MISSING);
    }

    private Evidence.Row author(String id) {
        return evidence.authors().getOrDefault(id, Evidence.Row.MISSING);
    }
}
