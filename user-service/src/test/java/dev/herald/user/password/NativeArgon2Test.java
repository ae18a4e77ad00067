package dev.herald.user.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.user.NewJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class NativeArgon2Test {

    private static final PasswordSettings SETTINGS = new PasswordSettings(1024, 2, 1, 0, 0);

    private static final PasswordEncoder JAVA = new Argon2PasswordEncoder(16, 32, 1, 1024, 2);

    @TempDir
    private Path folder;

    /** Prints which implementation a user-service in this JVM would use. */
    static final class Provider {

        private Provider() {}

        public static void main(String[] none) {
            System.out.println(new PasswordConfiguration().hashing(SETTINGS).provider());
        }
    }

    @Test
    void verifiesItsOwnHashesAndThoseOfJava() {
        PasswordEncoder loaded = NativeArgon2.load(SETTINGS, JAVA).orElseThrow();
        for (String password : List.of("correct horse", "pässwörter ☂ 🔑", "a".repeat(128))) {
            String made = Objects.requireNonNull(loaded.encode(password));

            assertThat(made).startsWith("$argon2id$v=19$m=1024,t=2,p=1$");
            assertThat(loaded.matches(password, made)).isTrue();
            assertThat(JAVA.matches(password, made)).isTrue();
            assertThat(loaded.matches(password, Objects.requireNonNull(JAVA.encode(password))))
                    .isTrue();
            assertThat(loaded.matches(password + " ", made)).isFalse();
            assertThat(loaded.upgradeEncoding(made)).isFalse();
        }
    }

    @Test
    void verifiesAHashOfAnotherCostWhichIsOutdated() {
        String cheap = Objects.requireNonNull(new Argon2PasswordEncoder(16, 32, 1, 512, 1).encode("correct horse"));
        PasswordEncoder loaded = NativeArgon2.load(SETTINGS, JAVA).orElseThrow();

        assertThat(loaded.matches("correct horse", cheap)).isTrue();
        assertThat(loaded.upgradeEncoding(cheap)).isTrue();
    }

    @Test
    void matchesNothingWithWhatIsNoHash() {
        PasswordEncoder loaded = NativeArgon2.load(SETTINGS, JAVA).orElseThrow();

        for (String stored :
                List.of("", "correct horse", "$argon2id$v=19$m=1024,t=2,p=1$", "$2a$10$abcdefghijklmnopqrstuv")) {
            assertThat(loaded.matches("correct horse", stored)).isFalse();
        }
    }

    @Test
    void hashesInJavaWithoutATemporaryFolder() throws Exception {
        Path notAFolder = Files.createFile(folder.resolve("file"));

        assertThat(NewJvm.with(notAFolder).outputOf(Provider.class)).isEqualTo("java");
    }

    @Test
    void hashesInJavaIfTheTemporaryFolderAllowsNoPrograms() throws Exception {
        assertThat(NewJvm.withoutPrograms(folder).outputOf(Provider.class)).isEqualTo("java");
    }

    @Test
    void isNativeInAnOrdinaryFolder() throws Exception {
        assertThat(NewJvm.with(folder).outputOf(Provider.class)).isEqualTo("native");
    }
}
