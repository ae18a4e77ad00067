package dev.herald.post.author;

import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuthorEvents {

    @Bean
    EventSubscription userEvents(Authors authors) {
        return EventSubscription.to("user-events")
                .on("user.created", UserCreated.class, (user, metadata) -> authors.apply(user));
    }
}
