package dev.herald.user.password;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Argon2id by the C reference library, several times as fast as Bouncy Castle. Hashes of both have the same encoding (the PHC
 * string format), so each verifies those of the other.
 */
class NativeArgon2 implements PasswordEncoder {

    private static final Logger log = LoggerFactory.getLogger(NativeArgon2.class);

    private final Argon2 argon2;
    private final PasswordSettings settings;
    private final PasswordEncoder java;

    private NativeArgon2(Argon2 argon2, PasswordSettings settings, PasswordEncoder java) {
        this.argon2 = argon2;
        this.settings = settings;
        this.java = java;
    }

    /**
     * @param java reads the cost of a stored hash, because the library has no function for it
     * @return empty if the library cannot be loaded: the platform has none, or the temporary folder allows no programs
     */
    static Optional<NativeArgon2> load(PasswordSettings settings, PasswordEncoder java) {
        try {
            Argon2 argon2 = Argon2Factory.create(
                    Argon2Types.ARGON2id, PasswordConfiguration.SALT_BYTES, PasswordConfiguration.HASH_BYTES);
            NativeArgon2 loaded = new NativeArgon2(argon2, settings, java);
            loaded.encode("loads the library");
            return Optional.of(loaded);
        } catch (LinkageError e) {
            log.info(
                    "Passwords are hashed in Java, several times as slowly, because the native library cannot be loaded: {}",
                    e.toString());
            return Optional.empty();
        }
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return argon2.hash(settings.iterations(), settings.memory(), settings.parallelism(), bytes(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        return argon2.verify(Objects.requireNonNull(hash), bytes(password));
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return java.upgradeEncoding(hash);
    }

    private static byte[] bytes(@Nullable CharSequence password) {
        return Objects.requireNonNull(password).toString().getBytes(StandardCharsets.UTF_8);
    }
}
