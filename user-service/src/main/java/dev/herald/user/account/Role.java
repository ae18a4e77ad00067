package dev.herald.user.account;

/**
 * {@code USER} is assigned at registration and grants nothing. {@code ADMIN} grants for every account what otherwise
 * only its owner may do; and the assignment of roles, and listing and resending all emails.
 */
enum Role {
    USER,
    ADMIN
}
