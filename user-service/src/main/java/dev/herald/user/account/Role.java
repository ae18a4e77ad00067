package dev.herald.user.account;

/**
 * {@code USER} is assigned at registration and grants nothing. {@code ADMIN} grants what otherwise only the user may
 * do, the assignment of roles, and the resending of emails.
 */
enum Role {
    USER,
    ADMIN
}
