package dev.herald.chaos;

/**
 * Something that a client wants stored.
 *
 * @param id what is changed or deleted; empty for what is created, whose id the answer tells
 * @param author who wrote the post; empty for a user
 * @param mark what the row and its event say if it is stored, and no other write's do; empty for a deletion
 */
record Write(Subject subject, Action action, String id, String author, String mark) {

    enum Subject {
        USER,
        POST
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

    /** All that is told of a user but the id. */
    static String markOfUser(String name, String email) {
        return "%s <%s>".formatted(name, email);
    }
}
