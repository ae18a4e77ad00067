package dev.herald.platform.deadletter;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.herald.platform.inbox.EventOutcome;
import dev.herald.platform.inbox.EventReceiver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/deadletters}: GET lists the dead letters, POST passes them to their handlers again, DELETE discards
 * them with a reason. Each replay and each discard is logged.
 */
@Endpoint(id = "deadletters")
record DeadLettersEndpoint(DeadLetters letters, EventReceiver receiver) {

    static final String ALL = "all";

    private static final Logger audit = LoggerFactory.getLogger(DeadLettersEndpoint.class);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_REASON = 500;

    /** @param total the number of all dead letters; {@code deadLetters} has the first of them */
    record Listing(int total, List<DeadLetter> deadLetters) {}

    /** @param failure why the dead letter remains; null if it does not */
    record Outcome(String id, String outcome, @Nullable String failure) {}

    /** @param unknown ids without a dead letter */
    record Outcomes(List<Outcome> deadLetters, List<String> unknown) {}

    /** @param limit the most dead letters to list; 100 by default */
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
        List<Outcome> outcomes = new ArrayList<>();
        Set<String> wanted = wanted(ids);
        letters.each(wanted, (letter, died) -> outcomes.add(replay(letter, died)));
        return new Outcomes(outcomes, unknown(wanted, outcomes));
    }

    /**
     * @param ids as for a replay
     * @param reason the reason for the log
     */
    @DeleteOperation
    Outcomes discard(List<String> ids, String reason) {
        String why = line(reason);
        if (why.isEmpty() || why.length() > MAX_REASON) {
            String problem = "reason has 1 to %d characters".formatted(MAX_REASON);
            throw new InvalidEndpointRequestException(problem, problem);
        }
        Set<String> wanted = wanted(ids);
        List<Outcome> outcomes = letters.all().stream()
                .filter(letter -> wanted.contains(letter.id()))
                .map(letter -> discard(letter, why))
                .toList();
        return new Outcomes(outcomes, unknown(wanted, outcomes));
    }

    private Set<String> wanted(List<String> ids) {
        return ids.equals(List.of(ALL))
                ? letters.all().stream().map(DeadLetter::id).collect(toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>(ids);
    }

    private static List<String> unknown(Set<String> wanted, List<Outcome> outcomes) {
        Set<String> known = outcomes.stream().map(Outcome::id).collect(toSet());
        return wanted.stream().filter(id -> !known.contains(id)).toList();
    }

    /** If the replay fails or has no effect, the dead letter remains, and the next ones are replayed. */
    private Outcome replay(DeadLetter letter, Supplier<ConsumerRecord<String, byte[]>> died) {
        EventOutcome outcome;
        try {
            outcome = receiver.receive(died.get());
        } catch (RuntimeException e) {
            return failed(letter, "was replayed and failed again", e);
        }
        if (outcome == EventOutcome.SKIPPED || outcome == EventOutcome.EXPIRED) {
            audit.warn("Dead letter {} was replayed without effect: {}", name(letter), outcome);
            return new Outcome(letter.id(), outcome.name().toLowerCase(Locale.ROOT), "it would have no effect");
        }
        try {
            letters.end(letter);
        } catch (RuntimeException e) {
            return failed(letter, "was replayed and is still there", e);
        }
        audit.info("Dead letter {} was replayed", name(letter));
        return new Outcome(letter.id(), "replayed", null);
    }

    private Outcome discard(DeadLetter letter, String reason) {
        try {
            letters.end(letter);
        } catch (RuntimeException e) {
            return failed(letter, "was discarded and is still there", e);
        }
        audit.info("Dead letter {} was discarded: {}", name(letter), reason);
        return new Outcome(letter.id(), "discarded", null);
    }

    private static Outcome failed(DeadLetter letter, String what, RuntimeException e) {
        String failure = DeadLetterPublisher.reason(e);
        audit.warn("Dead letter {} {}: {}", name(letter), what, line(failure));
        return new Outcome(letter.id(), "failed", failure);
    }

    private static String name(DeadLetter letter) {
        return line("%s (%s %s)".formatted(letter.id(), letter.type(), letter.eventId()));
    }

    /** Replaces control characters by blanks, so that text of a record or an operator stays in one log line. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
