package dev.herald.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the emails with the users, each of whom is to get one: the welcome. */
final class Mailboxes {

    private final Evidence evidence;

    /** The Message-IDs that each address has got. */
    private final Map<String, Set<String>> messages;

    Mailboxes(Evidence evidence) {
        this.evidence = evidence;
        this.messages =
                evidence.mails().stream().collect(groupingBy(Mail::recipient, mapping(Mail::messageId, toSet())));
    }

    /** The users who got none. */
    List<String> lost() {
        return evidence.users().values().stream()
                .filter(user -> !messages.containsKey(address(user)))
                .map(user -> "%s %s".formatted(user.id(), user.mark()))
                .toList();
    }

    /** The addresses that got two which do not say that they are the same, and what came again although nothing had broken. */
    List<String> doubled() {
        Stream<String> different = messages.entrySet().stream()
                .filter(mailbox -> mailbox.getValue().size() > 1)
                .map(mailbox -> "%s %s".formatted(mailbox.getKey(), mailbox.getValue()));
        Stream<String> again = cameAgain()
                .filter(mail -> !wasInFlight(mail))
                .map(mail -> "%s %s again".formatted(mail.recipient(), mail.messageId()));
        return Stream.concat(different, again).toList();
    }

    /** Emails that came again with the same Message-ID: they were in flight when something broke. */
    long repeats() {
        return cameAgain().filter(this::wasInFlight).count();
    }

    /** Every copy but the last. */
    private Stream<Mail> cameAgain() {
        return evidence.mails().stream()
                .sorted(Comparator.comparing(Mail::at))
                .collect(groupingBy(mail -> List.of(mail.recipient(), mail.messageId())))
                .values()
                .stream()
                .flatMap(copies -> copies.subList(0, copies.size() - 1).stream());
    }

    private boolean wasInFlight(Mail mail) {
        return evidence.blows().stream().anyMatch(blow -> blow.mayHaveCutOff(mail));
    }

    private static String address(Evidence.Row user) {
        return user.mark().replaceFirst(".*<(.*)>", "$1");
    }
}
