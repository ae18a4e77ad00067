package dev.herald.user.post;

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
import org.springframework.web.service.registry.ImportHttpServices;

@Component
@ImportHttpServices(group = "post-service", types = PostClient.class)
public class UserPosts {

    private final PostClient posts;
    private final AsyncTaskExecutor executor;

    UserPosts(PostClient posts, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
        this.posts = posts;
        this.executor = executor;
    }

    /** Starts the call and returns at once; the result is empty if post-service is unavailable. */
    public CompletableFuture<Optional<List<PostView>>> newestOf(UUID user) {
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
