package dev.herald.platform.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An email address that can be mailed: an ASCII dot-atom (RFC 5322, section 3.2.3) and a domain of at least two labels,
 * given in ASCII or Unicode and stored as A-labels (UTS #46, non-transitional, with STD3 rules).
 */
public final class EmailAddress {

    /** The most octets of an address (RFC 5321, section 4.5.3.1.3, without the angle brackets). */
    public static final int MAX_LENGTH = 254;

    /** The most octets (RFC 5321, section 4.5.3.1.1). */
    private static final int MAX_LOCAL_PART = 64;

    private static final String ATOM = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]++";
    private static final Pattern DOT_ATOM = Pattern.compile(ATOM + "(\\." + ATOM + ")*+");

    /** A domain that ends in a number is an IPv4 address (URL Standard, "ends in a number"). */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final IDNA IDNA_2008 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ);

    /**
     * Errors that are ignored: DNS has names with hyphens in the third and fourth place, and the length is checked
     * together with the local part.
     */
    private static final Set<IDNA.Error> TOLERATED = EnumSet.of(IDNA.Error.HYPHEN_3_4, IDNA.Error.DOMAIN_NAME_TOO_LONG);

    /** Why a text is not an address that can be mailed. If several reasons apply, the first is reported. */
    public enum Flaw {
        TOO_LONG,
        /** There is not exactly one {@code @} with text on both sides. */
        NOT_AN_EMAIL,
        NOT_DELIVERABLE
    }

    private final String value;

    private EmailAddress(String value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException if {@link #flawIn} finds a flaw */
    public static EmailAddress of(String text) {
        flawIn(text).ifPresent(flaw -> {
            throw new IllegalArgumentException("The email address is refused: " + flaw);
        });
        return new EmailAddress(withALabels(text));
    }

    static Optional<Flaw> flawIn(String text) {
        // A domain in A-labels has at least as many octets as it has code points.
        if (text.codePointCount(0, text.length()) > MAX_LENGTH
                || withALabels(text).getBytes(UTF_8).length > MAX_LENGTH) {
            return Optional.of(Flaw.TOO_LONG);
        }
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1 || text.indexOf('@', at + 1) >= 0) {
            return Optional.of(Flaw.NOT_AN_EMAIL);
        }
        String domain = inALabels(text.substring(at + 1));
        return isLocalPart(text.substring(0, at)) && domain != null && isMailDomain(domain)
                ? Optional.empty()
                : Optional.of(Flaw.NOT_DELIVERABLE);
    }

    private static boolean isLocalPart(String text) {
        return text.length() <= MAX_LOCAL_PART && DOT_ATOM.matcher(text).matches();
    }

    private static boolean isMailDomain(String aLabels) {
        int lastDot = aLabels.lastIndexOf('.');
        String last = aLabels.substring(lastDot + 1);
        return lastDot > 0 && !last.isEmpty() && !NUMBER.matcher(last).matches();
    }

    /** The address for display, events and mail: with the local part as typed, and the domain in A-labels. */
    public String value() {
        return value;
    }

    /** The form in which addresses are compared: two addresses are the same if their keys are. */
    public String key() {
        return asciiLowerCase(value);
    }

    /** The {@link #key} of any text, also of one that is not an accepted address, because older accounts can have such addresses. */
    public static String keyOf(String text) {
        return asciiLowerCase(shown(text));
    }

    /** The {@link #value} of any text: a text that is not ASCII gets its domain in A-labels, if possible. */
    public static String shown(String text) {
        return text.chars().allMatch(character -> character < 0x80) ? text : withALabels(text);
    }

    private static String withALabels(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0 || text.codePointCount(0, text.length()) > MAX_LENGTH) {
            return text;
        }
        String domain = inALabels(text.substring(at + 1));
        return domain == null ? text : text.substring(0, at + 1) + domain;
    }

    /** Lower case in ASCII only, like PostgreSQL's {@code lower(text collate "C")}. */
    public static String asciiLowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char character = lower.charAt(i);
            if (character >= 'A' && character <= 'Z') {
                lower.setCharAt(i, (char) (character + ('a' - 'A')));
            }
        }
        return lower.toString();
    }

    private static @Nullable String inALabels(String domain) {
        IDNA.Info info = new IDNA.Info();
        String aLabels =
                IDNA_2008.nameToASCII(domain, new StringBuilder(), info).toString();
        return TOLERATED.containsAll(info.getErrors()) ? aLabels : null;
    }

    @Override
    public String toString() {
        return "EmailAddress[]";
    }
}
