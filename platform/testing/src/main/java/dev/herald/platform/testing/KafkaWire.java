package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends and reads Kafka records as another service would, without the platform's own code. */
public final class KafkaWire {

    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** The attributes of a CloudEvents 1.0 event. */
    public record Event(UUID id, String type, String source, String subject, Instant time) {

        /** Writes the attributes as Kafka headers (binary content mode). */
        public void write(Headers headers) {
            put(headers, "ce_specversion", "1.0");
            put(headers, "ce_id", id.toString());
            put(headers, "ce_type", type);
            put(headers, "ce_source", source);
            put(headers, "ce_subject", subject);
            put(headers, "ce_time", time.toString());
            put(headers, "content-type", "application/json");
        }

        private static void put(Headers headers, String name, String value) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }

    private final Map<String, Object> broker;

    public KafkaWire() {
        this(Map.of("bootstrap.servers", RealServers.kafka()));
    }

    /** @param client the settings with which a client reaches the broker */
    public KafkaWire(Map<String, Object> client) {
        broker = new HashMap<>(client);
        broker.put("max.request.size", MAX_MESSAGE_BYTES);
        // For consumers: without this, Kafka holds the last fetch for 500 ms, and closing the consumer waits for it.
        broker.put("fetch.max.wait.ms", 0);
    }

    /** Sends an event with a new id and returns that id. */
    public UUID send(String topic, String type, UUID subject, String payload) {
        UUID id = UUID.randomUUID();
        send(topic, new Event(id, type, "/test", subject.toString(), Instant.now()), payload);
        return id;
    }

    public void send(String topic, Event event, String payload) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, event.subject(), payload.getBytes(UTF_8));
        event.write(message.headers());
        send(message);
    }

    public void send(ProducerRecord<String, byte[]> message) {
        send(List.of(message));
    }

    public void send(List<ProducerRecord<String, byte[]>> messages) {
        try (var producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    messages.stream().map(producer::send).toList();
            producer.flush();
            sent.forEach(Future::resultNow);
        }
    }

    /** All records of the topic, in the order of each partition; empty if there is no such topic. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (var consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    public List<ConsumerRecord<String, byte[]>> read(String topic, UUID subject) {
        return read(topic).stream()
                .filter(message -> subject.toString().equals(message.key()))
                .toList();
    }

    public Set<String> topics() {
        try (var consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer())) {
            return consumer.listTopics().keySet();
        }
    }
}
