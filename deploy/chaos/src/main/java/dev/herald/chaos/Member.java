package dev.herald.chaos;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Somebody with an account who is logged in, for at most 15 minutes.
 *
 * @param posts the ids of what they have written and not deleted
 */
record Member(String id, String email, String token, Queue<String> posts) {

    Member(String id, String email, String token) {
        this(id, email, token, new ConcurrentLinkedQueue<>());
    }

    /** One of the posts, each in its turn. */
    Optional<String> nextPost() {
        Optional<String> next = takePost();
        next.ifPresent(posts::add);
        return next;
    }

    /** A post that nobody else will touch from now on. */
    Optional<String> takePost() {
        return Optional.ofNullable(posts.poll());
    }
}
