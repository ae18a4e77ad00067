package dev.herald.user.account;

/**
 * {@code USER} is given at registration and permits nothing by itself. An {@code ADMIN} may do what only the user may do otherwise, assign
 * roles, and resend emails.
 */
enum Role {
    USER,
    ADMIN
}
