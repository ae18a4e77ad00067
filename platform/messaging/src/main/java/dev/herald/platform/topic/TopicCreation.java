package dev.herald.platform.topic;

import dev.herald.platform.lifecycle.BackgroundThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates this service's topics in the background, because {@link KafkaAdmin} tries only once: repeats until Kafka
 * answers, and then checks regularly for deleted topics.
 */
class TopicCreation extends BackgroundThread {

    private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration CHECK = Duration.ofSeconds(10);

    private final KafkaAdmin admin;

    TopicCreation(KafkaAdmin admin) {
        super(Thread.ofVirtual().name("topic-creation"), Duration.ZERO);
        this.admin = admin;
    }

    @Override
    protected void run() throws InterruptedException {
        boolean unavailable = false;
        while (true) {
            if (succeeds()) {
                unavailable = false;
                Thread.sleep(CHECK);
            } else {
                if (!unavailable) {
                    log.warn("Kafka does not answer: missing topics are created when it does");
                }
                unavailable = true;
                Thread.sleep(RETRY);
            }
        }
    }

    /** {@link KafkaAdmin} returns false at the first failure and throws at the next ones. */
    private boolean succeeds() {
        try {
            return admin.initialize();
        } catch (RuntimeException e) {
            log.debug("The topics cannot be created", e);
            return false;
        }
    }
}
