package dev.herald.platform.jwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JWEObject;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JweCipherTest {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    private final JweCipher cipher = new JweCipher(OLD, "HERALD_X");

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void decryptsWhatItEncrypts() throws ParseException {
        String jwe = cipher.encrypt("a secret");

        assertThat(cipher.decrypt(jwe)).isEqualTo("a secret");
        assertThat(jwe).doesNotContain("secret").isNotEqualTo(cipher.encrypt("a secret"));
        assertThat(JWEObject.parse(jwe).getHeader().toJSONObject())
                .containsEntry("alg", "dir")
                .containsEntry("enc", "A256GCM")
                .containsKey("kid");
    }

    @Test
    void keepsReadingWithTheOldKeyDuringARotation() {
        JweCipher announced = new JweCipher(OLD + ", " + NEW, "HERALD_X");
        JweCipher rotated = new JweCipher(NEW + "," + OLD, "HERALD_X");

        assertThat(rotated.decrypt(cipher.encrypt("old"))).isEqualTo("old");
        assertThat(announced.decrypt(rotated.encrypt("new"))).isEqualTo("new");
        assertThatExceptionOfType(UnreadableJwe.class)
                .isThrownBy(() -> cipher.decrypt(rotated.encrypt("new")))
                .withMessage("The key of the JWE is unknown");
    }

    @Test
    void refusesAChangedOneWithoutQuotingIt() {
        String jwe = cipher.encrypt("a secret");
        String changed = jwe.substring(0, jwe.length() - 4) + "AAAA";

        for (String unreadable : new String[] {changed, jwe.substring(20), "", "a.b.c", jwe + "." + jwe}) {
            assertThatExceptionOfType(UnreadableJwe.class)
                    .isThrownBy(() -> cipher.decrypt(unreadable))
                    .withNoCause();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "c2hvcnQ=", ","})
    void needsKeysOf32Bytes(String keys) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new JweCipher(keys, "HERALD_X"))
                .withMessageStartingWith("HERALD_X needs 32 bytes in Base64")
                .withNoCause();
    }
}
