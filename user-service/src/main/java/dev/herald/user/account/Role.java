package dev.herald.user.account;

/** What a user may do: everybody is a {@code USER}; an {@code ADMIN} manages the others. */
enum Role {
    USER,
    ADMIN
}
