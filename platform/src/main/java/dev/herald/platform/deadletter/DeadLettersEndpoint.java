package dev.herald.platform.deadletter;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.kafka.listener.MessageListener;

/**
 * {@code /actuator/deadletters}: what this consumer could not handle. GET lists it, POST has the handler try again, through the same
 * inbox, DELETE gives it up, with a reason. Each replay and each discard is a line in the log.
 */
@Endpoint(id = "deadletters")
class DeadLettersEndpoint {

    static final String ALL = "all";

    private static final Logger audit = LoggerFactory.getLogger(DeadLettersEndpoint.class);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_REASON = 500;

    private final DeadLetters letters;
    private final MessageListener<String, byte[]> listener;

    DeadLettersEndpoint(DeadLetters letters, MessageListener<String, byte[]> listener) {
        this.letters = letters;
        this.listener = listener;
    }

    /** @param total how many there are, of which the first are listed */
    record Listing(int total, List<DeadLetter> deadLetters) {}

    /** @param failure why it is still there; null if it is not */
    record Outcome(String id, String outcome, @Nullable String failure) {}

    /** @param unknown ids of which there is no dead letter, or none any more */
    record Outcomes(List<Outcome> deadLetters, List<String> unknown) {}

    /** @param limit how many to list at most; 100 unless told */
    @ReadOperation
    Listing list(@Nullable Integer limit) {
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1) {
            throw new InvalidEndpointRequestException("limit is at least 1", "limit is at least 1");
        }
        List<DeadLetter> all = letters.all();
        return new Listing(all.size(), all.stream().limit(most).toList());
    }

    /** @param ids {@code topic/partition/offset}, comma-separated, or {@code all} */
    @WriteOperation
    Outcomes replay(List<String> ids) {
        return each(ids, this::replay);
    }

    /**
     * @param ids as for a replay
     * @param reason why nobody needs them; for the log
     */
    @DeleteOperation
    Outcomes discard(List<String> ids, String reason) {
        String why = line(reason);
        if (why.isEmpty() || why.length() > MAX_REASON) {
            String problem = "reason has 1 to %d characters".formatted(MAX_REASON);
            throw new InvalidEndpointRequestException(problem, problem);
        }
        return each(ids, (letter, died) -> discard(letter, why));
    }

    @FunctionalInterface
    private interface Treatment {

        Outcome treat(DeadLetter letter, ConsumerRecord<String, byte[]> died);
    }

    private Outcomes each(List<String> ids, Treatment treatment) {
        Set<String> wanted = ids.equals(List.of(ALL)) ? known() : new LinkedHashSet<>(ids);
        List<Outcome> outcomes = new ArrayList<>();
        letters.each(wanted, (letter, died) -> outcomes.add(treatment.treat(letter, died)));
        List<String> treated = outcomes.stream().map(Outcome::id).toList();
        return new Outcomes(
                outcomes, wanted.stream().filter(id -> !treated.contains(id)).toList());
    }

    private Set<String> known() {
        return letters.all().stream().map(DeadLetter::id).collect(toCollection(LinkedHashSet::new));
    }

    /** One that fails again stays, and holds back none of the others. */
    private Outcome replay(DeadLetter letter, ConsumerRecord<String, byte[]> died) {
        try {
            listener.onMessage(died);
        } catch (RuntimeException e) {
            String failure = DeadLetterPublisher.reason(e);
            audit.warn("Dead letter {} was replayed and failed again", name(letter));
            return new Outcome(letter.id(), "failed", failure);
        }
        letters.end(letter);
        audit.info("Dead letter {} was replayed", name(letter));
        return new Outcome(letter.id(), "replayed", null);
    }

    private Outcome discard(DeadLetter letter, String reason) {
        letters.end(letter);
        audit.info("Dead letter {} was discarded: {}", name(letter), reason);
        return new Outcome(letter.id(), "discarded", null);
    }

    private static String name(DeadLetter letter) {
        return line("%s (%s %s)".formatted(letter.id(), letter.type(), letter.eventId()));
    }

    /** What strangers have written, as part of one line of the log. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
