package dev.herald.local.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** The addresses that got two which do not say that they are the same. */
    List<String> doubled() {
        return messages.entrySet().stream()
                .filter(mailbox -> mailbox.getValue().size() > 1)
                .map(mailbox -> "%s %s".formatted(mailbox.getKey(), mailbox.getValue()))
                .toList();
    }

    /** Emails that came again with the same Message-ID: they were in flight when something broke. */
    long repeats() {
        return evidence.mails().size() - evidence.mails().stream().distinct().count();
    }

    private static String address(Evidence.Row user) {
        return user.mark().replaceFirst(".*<(.*)>", "$1");
    }
}
