package dev.herald.chaos;

import java.util.Locale;

/**
 * A change that a client requests.
 *
 * @param id the id of the changed or deleted user or post; empty for a creation, because the answer contains the id
 * @param author the author of the post; empty for a user
 * @param mark a text that only this write's row and event contain; empty for a deletion
 */
record Write(Subject subject, Action action, String id, String author, String mark) {

    enum Subject {
        USER,
        POST;

        String topic() {
            return name().toLowerCase(Locale.ROOT) + "-events";
        }
    }

    enum Action {
        CREATE,
        CHANGE,
        DELETE
    }

    static Write register(String mark) {
        return new Write(Subject.USER, Action.CREATE, "", "", mark);
    }

    static Write rename(String user, String mark) {
        return new Write(Subject.USER, Action.CHANGE, user, "", mark);
    }

    static Write leave(String user) {
        return new Write(Subject.USER, Action.DELETE, user, "", "");
    }

    static Write post(String author, String mark) {
        return new Write(Subject.POST, Action.CREATE, "", author, mark);
    }

    static Write replace(String post, String author, String mark) {
        return new Write(Subject.POST, Action.CHANGE, post, author, mark);
    }

    static Write remove(String post, String author) {
        return new Write(Subject.POST, Action.DELETE, post, author, "");
    }

    static String markOfUser(String name, String email) {
        return "%s <%s>".formatted(name, email);
    }
}
