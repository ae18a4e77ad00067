package dev.herald.post.author;

import dev.herald.platform.inbox.EventHandler;
import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UserEventSubscription {

    @Bean
    EventSubscription userEvents(Authors authors) {
        EventHandler<UserEvent> apply = (user, metadata) -> authors.apply(user);
        return EventSubscription.to("user-events")
                .on("user.created", UserEvent.class, apply)
                .on("user.updated", UserEvent.class, apply)
                .on("user.password-changed", UserEvent.class, apply)
                .on("user.deleted", UserDeletedEvent.class, (user, metadata) -> authors.erase(user));
    }
}
