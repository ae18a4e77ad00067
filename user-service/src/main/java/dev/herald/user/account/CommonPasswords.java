package dev.herald.user.account;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The 30 000 most used passwords, of which those long enough to be chosen are kept; in whatever case. */
@Component
class CommonPasswords implements ConstraintValidator<Uncommon, CharSequence> {

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
    public boolean isValid(@Nullable CharSequence password, ConstraintValidatorContext context) {
        return password == null || !passwords.contains(password.toString().toLowerCase(Locale.ROOT));
    }
}
