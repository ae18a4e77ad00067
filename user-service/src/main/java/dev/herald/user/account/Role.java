package dev.herald.user.account;

/** Every user is a {@code USER}; an {@code ADMIN} manages the others. */
enum Role {
    USER,
    ADMIN
}
