package peer;

import io.namastack.outbox.Outbox;
import io.namastack.outbox.annotation.OutboxHandler;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes events, each in its own transaction, and prints how many per second Kafka acknowledged. */
@EnableScheduling
@SpringBootApplication
public class Drain {

    private static final int WRITERS = 4;

    private static final String TOPIC = "peer-events";

    /** As many as Herald's topics have. */
    private static final int PARTITIONS = 6;

    public record Written(UUID id, String text) {}

    private static volatile CountDownLatch acknowledged = new CountDownLatch(0);

    public static void main(String... words) {
        System.exit(SpringApplication.exit(SpringApplication.run(Drain.class, words)));
    }

    @Component
    static class Relay {

        private final KafkaTemplate<String, String> kafka;

        Relay(KafkaTemplate<String, String> kafka) {
            this.kafka = kafka;
        }

        @OutboxHandler
        public void send(Written event) {
            kafka.send(TOPIC, event.id().toString(), "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(event.id(), event.text()))
                    .join();
            acknowledged.countDown();
        }
    }

    /** Is created at the start. */
    @Bean
    NewTopic topic() {
        return new NewTopic(TOPIC, PARTITIONS, (short) 1);
    }

    @Bean
    CommandLineRunner measurement(Outbox outbox, TransactionTemplate transactions, KafkaAdmin kafka) {
        return words -> {
            int count = Integer.parseInt(words[0]);
            write(outbox, transactions, count / 4);
            long begin = System.nanoTime();
            write(outbox, transactions, count);
            System.out.printf("RATE %.1f%n", count * 1e9 / (System.nanoTime() - begin));
            try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
                admin.deleteTopics(List.of(TOPIC)).all().get();
            }
        };
    }

    private static void write(Outbox outbox, TransactionTemplate transactions, int count) throws InterruptedException {
        acknowledged = new CountDownLatch(count);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int number = 0; number < count; number++) {
                writers.submit(() -> transactions.executeWithoutResult(transaction -> {
                    UUID id = UUID.randomUUID();
                    outbox.schedule(new Written(id, "One of very many. ".repeat(8)), id.toString());
                }));
            }
        }
        acknowledged.await();
    }
}
