package dev.herald.notification.email;

import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmailEvents {

    @Bean
    EventSubscription userEvents(Mailroom mailroom) {
        return EventSubscription.to("user-events").on("user.created", UserCreated.class, mailroom::welcome);
    }
}
