package dev.herald.platform.topic;

import dev.herald.platform.lifecycle.BackgroundWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes this service's topics in the background, for as long as it takes: a service starts without Kafka too, and
 * {@link KafkaAdmin} itself tries once and then leaves it. Afterwards it makes again what was deleted.
 */
class TopicCreation implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration CHECK = Duration.ofSeconds(10);

    private final KafkaAdmin admin;
    private volatile @Nullable Thread thread;

    TopicCreation(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("topic-creation").start(this::create);
    }

    private void create() {
        boolean away = false;
        try {
            while (true) {
                if (succeeds()) {
                    away = false;
                    Thread.sleep(CHECK);
                } else {
                    if (!away) {
                        log.warn("Kafka is away: missing topics will be made when it is back");
                    }
                    away = true;
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The admin client says false to the first failure and throws at the next ones. */
    private boolean succeeds() {
        try {
            return admin.initialize();
        } catch (RuntimeException e) {
            log.debug("The topics cannot be made", e);
            return false;
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
