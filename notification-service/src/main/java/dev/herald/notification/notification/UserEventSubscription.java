package dev.herald.notification.email;

import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmailEvents {

    @Bean
    EventSubscription userEvents(EmailQueue queue) {
        return EventSubscription.to("user-events")
                .onRecent("user.created", User.class, queue::welcome)
                .onRecent("user.password-changed", User.class, queue::passwordChanged)
                .on("user.deleted", UserDeleted.class, (user, event) -> queue.erase(user));
    }
}
