package dev.herald.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the emails with the users: each user must get exactly one welcome email. */
final class DeliveredEmails {

    private final Evidence evidence;

    /** The Message-IDs of the emails to each address. */
    private final Map<String, Set<String>> messages;

    DeliveredEmails(Evidence evidence) {
        this.evidence = evidence;
        this.messages = evidence.mails().stream()
                .collect(groupingBy(Evidence.Email::recipient, mapping(Evidence.Email::messageId, toSet())));
    }

    List<String> lost() {
        return evidence.users().values().stream()
                .filter(user -> !messages.containsKey(address(user)))
                .map(user -> "%s %s".formatted(user.id(), user.mark()))
                .toList();
    }

    /** Addresses with two different emails, and emails that were repeated while no component was failing. */
    List<String> doubled() {
        Stream<String> different = messages.entrySet().stream()
                .filter(mailbox -> mailbox.getValue().size() > 1)
                .map(mailbox -> "%s %s".formatted(mailbox.getKey(), mailbox.getValue()));
        Stream<String> again = cameAgain()
                .filter(mail -> !wasInFlight(mail))
                .map(mail -> "%s %s again".formatted(mail.recipient(), mail.messageId()));
        return Stream.concat(different, again).toList();
    }

    /** The number of repeated copies, with the same Message-ID, whose delivery a fault may have interrupted. */
    long repeats() {
        return cameAgain().filter(this::wasInFlight).count();
    }

    /** All copies of each email except the last. */
    private Stream<Evidence.Email> cameAgain() {
        return evidence.mails().stream()
                .sorted(Comparator.comparing(Evidence.Email::at))
                .collect(groupingBy(mail -> List.of(mail.recipient(), mail.messageId())))
                .values()
                .stream()
                .flatMap(copies -> copies.subList(0, copies.size() - 1).stream());
    }

    private boolean wasInFlight(Evidence.Email mail) {
        return evidence.injections().stream().anyMatch(injection -> injection.mayHaveInterrupted(mail));
    }

    private static String address(Evidence.Row user) {
        return user.mark().replaceFirst(".*<(.*)>", "$1");
    }
}
