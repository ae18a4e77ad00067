package dev.herald.headlines;

import dev.herald.platform.inbox.EventSubscription;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class HeadlinesApplication {

    public static void main(String... arguments) {
        SpringApplication.run(HeadlinesApplication.class, arguments);
    }

    @Bean
    static EventSubscription postEvents(Headlines headlines) {
        return EventSubscription.to("post-events")
                .on("post.created", PostEvent.class, (post, event) -> headlines.update(post))
                .on("post.updated", PostEvent.class, (post, event) -> headlines.update(post))
                .on("post.deleted", PostDeletedEvent.class, (post, event) -> headlines.remove(post.id()));
    }
}
