package dev.herald.platform.email;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidValue;
import dev.herald.platform.validation.TextValidator;
import dev.herald.platform.validation.ValueValidator;
import java.util.Optional;

class MailableValidator extends ValueValidator<Mailable, String> {

    private static final InvalidValue NOT_AN_EMAIL =
            new InvalidValue(FieldCode.NOT_AN_EMAIL, "must have one @, with text on both sides");

    private static final InvalidValue NOT_DELIVERABLE = new InvalidValue(
            FieldCode.NOT_DELIVERABLE,
            "must be an address to which mail can be sent: ASCII letters, digits and signs before the @, a domain name after it");

    @Override
    protected Optional<InvalidValue> check(String text) {
        return TextValidator.checkCharacters(text)
                .or(() -> EmailAddress.flawIn(text).map(MailableValidator::describe));
    }

    private static InvalidValue describe(EmailAddress.Flaw flaw) {
        return switch (flaw) {
            case TOO_LONG -> InvalidValue.tooLong(1, EmailAddress.MAX_LENGTH, "octets");
            case NOT_AN_EMAIL -> NOT_AN_EMAIL;
            case NOT_DELIVERABLE -> NOT_DELIVERABLE;
        };
    }
}
