package dev.herald.post.author;

import dev.herald.platform.inbox.EventHandler;
import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuthorEvents {

    @Bean
    EventSubscription userEvents(Authors authors) {
        EventHandler<User> apply = (user, metadata) -> authors.apply(user);
        return EventSubscription.to("user-events")
                .on("user.created", User.class, apply)
                .on("user.updated", User.class, apply)
                .on("user.password-changed", User.class, apply)
                .on("user.deleted", UserDeleted.class, (user, metadata) -> authors.erase(user));
    }
}
