package dev.herald.user.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.user.NewJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeRsaTest {

    @TempDir
    private Path folder;

    /** Prints which implementation a user-service in this JVM would use. */
    static final class Implementation {

        private Implementation() {}

        public static void main(String[] none) {
            System.out.println(NativeRsa.PROVIDER.map(Provider::getName).orElse("java"));
        }
    }

    @Test
    void signsWhatJavaVerifies() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withRSA", NativeRsa.PROVIDER.orElseThrow());
        signature.initSign(pair.getPrivate());
        signature.update("a token".getBytes(UTF_8));
        byte[] signed = signature.sign();

        Signature java = Signature.getInstance("SHA256withRSA", "SunRsaSign");
        java.initVerify(pair.getPublic());
        java.update("a token".getBytes(UTF_8));
        assertThat(java.verify(signed)).isTrue();
    }

    @Test
    void signsInJavaWithoutATemporaryFolder() throws Exception {
        Path notAFolder = Files.createFile(folder.resolve("file"));

        assertThat(NewJvm.with(notAFolder).outputOf(Implementation.class)).isEqualTo("java");
    }

    @Test
    void signsInJavaIfTheTemporaryFolderAllowsNoPrograms() throws Exception {
        assertThat(NewJvm.withoutPrograms(folder).outputOf(Implementation.class))
                .isEqualTo("java");
    }

    @Test
    void isNativeInAnOrdinaryFolder() throws Exception {
        assertThat(NewJvm.with(folder).outputOf(Implementation.class)).isEqualTo("AmazonCorrettoCryptoProvider");
    }
}
