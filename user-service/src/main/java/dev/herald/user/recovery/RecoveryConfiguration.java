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

    /** A link would come as a surprise so much later. */
    @Bean
    Purge unansweredForgottenPasswords() {
        return new Purge("forgotten_password", "created_at < ?", Duration.ofHours(1));
    }

    /** One thread, so that a flood of forgotten passwords takes one database connection; not the executor of anything else. */
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
