package dev.herald.user.password;

import com.nulabinc.zxcvbn.StandardDictionaries;
import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.validation.ValueValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Refuses the 30 000 most used passwords in any letter case. Loads only those of eight characters or more. */
@Component
class CommonPasswords extends ValueValidator<NewPassword, CharSequence> {

    private static final InvalidValue COMMON =
            new InvalidValue(FieldCode.COMMON_PASSWORD, "is one of the most used passwords");

    private static final int MIN_LENGTH = 8;

    private final Set<String> passwords;

    CommonPasswords() {
        try {
            passwords = StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .filter(password -> password.length() >= MIN_LENGTH)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Optional<InvalidValue> check(CharSequence password) {
        return passwords.contains(Passwords.normalize(password).toLowerCase(Locale.ROOT))
                ? Optional.of(COMMON)
                : Optional.empty();
    }
}
