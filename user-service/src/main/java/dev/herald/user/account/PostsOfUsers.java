package dev.herald.user.account;

import dev.herald.platform.remote.ServiceUnavailable;
import dev.herald.platform.remote.SessionEnded;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/** The posts of users, from post-service. */
@Component
class PostsOfUsers {

    private final PostService posts;
    private final AsyncTaskExecutor executor;

    PostsOfUsers(PostService posts, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
        this.posts = posts;
        this.executor = executor;
    }

    /** The newest ones, while the caller goes on; empty if post-service has no answer. */
    CompletableFuture<Optional<List<PostView>>> newestOf(UUID user) {
        return executor.submitCompletable(() -> {
            try {
                return Optional.of(
                        posts.newestOf(user).items().stream().map(PostView::of).toList());
            } catch (ServiceUnavailable | SessionEnded | HttpClientErrorException.NotFound e) {
                return Optional.empty();
            }
        });
    }
}
