package dev.herald.notification.email;

import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmailEvents {

    @Bean
    EventSubscription userEvents(Mailroom mailroom) {
        return EventSubscription.to("user-events")
                .onRecent("user.created", User.class, mailroom::welcome)
                .onRecent("user.password-changed", User.class, mailroom::passwordChanged)
                .on("user.deleted", UserDeleted.class, (user, event) -> mailroom.erase(user));
    }
}
