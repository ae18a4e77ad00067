package dev.herald.user.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

/** Opens an account: the user and the event that announces it are committed together. */
@Service
class Registration {

    private final Users users;
    private final PasswordEncoder passwords;
    private final IdGenerator ids;
    private final Clock clock;
    private final TransactionOperations transactions;
    private final Counter registered;

    Registration(
            Users users,
            PasswordEncoder passwords,
            IdGenerator ids,
            Clock clock,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.users = users;
        this.passwords = passwords;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
        this.registered = Counter.builder("herald.users.registered")
                .description("Accounts opened")
                .register(meters);
    }

    /** @throws EmailTaken if another account has the address, in whatever case */
    User register(RegisterUser request) {
        // Hashing takes tens of milliseconds: before the transaction, not while it holds a connection.
        String hash = passwords.encode(request.password());
        User user = User.register(ids.generateId(), request.name(), request.email(), hash, clock.instant());
        try {
            User stored = transactions.execute(transaction -> users.saveAndFlush(user));
            registered.increment();
            return stored;
        } catch (DataIntegrityViolationException e) {
            if (e.getCause() instanceof ConstraintViolationException violation
                    && Users.EMAIL_KEY.equals(violation.getConstraintName())) {
                throw new EmailTaken();
            }
            throw e;
        }
    }
}
