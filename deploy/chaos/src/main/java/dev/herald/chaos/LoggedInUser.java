package dev.herald.chaos;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A registered user with an access token, which is valid for 15 minutes.
 *
 * @param posts the ids of the user's posts
 */
record LoggedInUser(String id, String email, String token, Queue<String> posts) {

    LoggedInUser(String id, String email, String token) {
        this(id, email, token, new ConcurrentLinkedQueue<>());
    }

    Optional<String> nextPost() {
        Optional<String> next = takePost();
        next.ifPresent(posts::add);
        return next;
    }

    /** Removes a post from {@link #posts}, so that no later request uses it. */
    Optional<String> takePost() {
        return Optional.ofNullable(posts.poll());
    }
}
