package dev.herald.gateway.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A page of {@code /account/}, named like the operation of user-service that its form calls. */
enum AccountPage {
    VERIFY_EMAIL(
            "Confirm your address",
            "Confirm that this is the address of your Herald account.",
            "Confirm my address",
            "Your address is confirmed."),
    RESET_PASSWORD(
            "Set a new password",
            "All sessions end. Log in again with the new password.",
            "Set the password",
            "Your new password is set. You can log in with it now."),
    CONFIRM_EMAIL(
            "Confirm your new address",
            "Confirm that this is the new address of your Herald account.",
            "Confirm my new address",
            "Your new address is confirmed. You can log in with it now."),
    UNDO_EMAIL_CHANGE(
            "Keep your old address",
            "Your account keeps or gets back the address that this link was mailed to. All sessions end, and the password is no longer valid.",
            "Keep my old address",
            "Your account has its old address. The link that we have just mailed there sets a new password: the old one is not valid any more.");

    final String title;
    final String explanation;
    final String action;
    final String done;

    AccountPage(String title, String explanation, String action, String done) {
        this.title = title;
        this.explanation = explanation;
        this.action = action;
        this.done = done;
    }

    static Optional<AccountPage> named(String path) {
        return Arrays.stream(values()).filter(page -> page.path().equals(path)).findFirst();
    }

    String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean asksForPassword() {
        return this == RESET_PASSWORD;
    }
}
