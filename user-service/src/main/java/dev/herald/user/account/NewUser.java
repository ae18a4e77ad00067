package dev.herald.user.account;

import java.util.List;
import java.util.UUID;

/** A registration that only has to be written: ids assigned, password hashed. */
record NewUser(UUID id, String name, String email, String passwordHash, List<FirstPost> posts) {}
