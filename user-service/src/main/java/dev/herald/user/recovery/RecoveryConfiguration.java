package dev.herald.user.recovery;

import dev.herald.platform.housekeeping.Purge;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@Configuration(proxyBeanMethods = false)
class RecoveryConfiguration {

    private static final int QUEUE = 1_000;

    /** Deletes a request after an hour, because its user does not expect a link any more. */
    @Bean
    Purge unansweredForgottenPasswords() {
        return new Purge("forgotten_password", "created_at < ?", Duration.ofHours(1));
    }

    /** One thread, so that a burst uses one database connection. Not a default candidate: nothing else uses it. */
    @Bean(defaultCandidate = false)
    ThreadPoolTaskExecutor recoveryThread() {
        ThreadPoolTaskExecutor thread = new ThreadPoolTaskExecutor();
        thread.setCorePoolSize(1);
        thread.setMaxPoolSize(1);
        thread.setQueueCapacity(QUEUE);
        thread.setWaitForTasksToCompleteOnShutdown(true);
        thread.setAwaitTerminationSeconds(5);
        // Passes the request's trace to the thread, so that the email belongs to it.
        thread.setTaskDecorator(new ContextPropagatingTaskDecorator());
        thread.setThreadNamePrefix("recovery-");
        return thread;
    }
}
