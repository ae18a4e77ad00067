package dev.herald.platform.inbox;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionOperations;

/**
 * {@code POST /actuator/replay}: reads the topics again from the beginning. A service with read models resets and
 * rebuilds them; another one handles the events that its inbox does not know, for example after a restored backup. Each
 * instance reads its own partitions, so every instance must be called: the first with a reset, the others with {@code
 * reset=false}.
 */
@Endpoint(id = "replay")
record ReplayEndpoint(
        EventConsumer consumer,
        Inbox inbox,
        List<ReadModel> models,
        MessageListenerContainer listener,
        TransactionOperations transactions) {

    private static final Logger log = LoggerFactory.getLogger(ReplayEndpoint.class);

    /** @param partitions the partitions that this instance reads again, such as {@code user-events-0} */
    record Replay(List<String> partitions) {}

    /**
     * Answers 503 while this instance has no partitions, because nothing would be read again.
     *
     * @param reset false for all instances after the first
     */
    @WriteOperation
    WebEndpointResponse<Replay> replay(@Nullable Boolean reset) {
        List<String> partitions = assigned();
        if (partitions.isEmpty()) {
            return new WebEndpointResponse<>(new Replay(partitions), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
        if (!models.isEmpty() && !Boolean.FALSE.equals(reset)) {
            transactions.executeWithoutResult(transaction -> {
                // The inbox is first, because its lock keeps handlers from committing between the two statements.
                inbox.forgetEverything();
                models.forEach(ReadModel::reset);
            });
        }
        consumer.seekToBeginning();
        log.info("Reading {} again from the beginning", partitions);
        return new WebEndpointResponse<>(new Replay(partitions));
    }

    private List<String> assigned() {
        Collection<TopicPartition> partitions = listener.getAssignedPartitions();
        return partitions == null
                ? List.of()
                : partitions.stream().map(TopicPartition::toString).sorted().toList();
    }
}
