package dev.herald.notification.notification;

import dev.herald.platform.inbox.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UserEventSubscription {

    @Bean
    EventSubscription userEvents(WelcomeEmails welcomes, NotificationQueue queue) {
        return EventSubscription.to("user-events")
                .onRecent("user.created", UserEvent.class, welcomes::welcome)
                .onRecent("user.password-changed", UserEvent.class, queue::passwordChanged)
                .on("user.deleted", UserDeletedEvent.class, (user, event) -> queue.erase(user));
    }

    @Bean
    EventSubscription emailRequestEvents(EmailRequests requests) {
        return EventSubscription.to("user-email-requests")
                .onRecent("user.email-requested", EmailRequestedEvent.class, requests::requested);
    }
}
