package dev.herald.user.account;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface Users extends JpaRepository<User, UUID> {

    /** The unique index on the address without regard to case. */
    String EMAIL_KEY = "users_email_key";
}
