package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import java.util.List;
import java.util.UUID;

/** A registration that only has to be written: ids assigned, password hashed. */
record NewUser(UUID id, String name, EmailAddress email, String passwordHash, List<FirstPost> posts) {}
