package dev.herald.user.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RSA by the C library AWS-LC. A signature takes 0.3 ms of processor time; in Java it takes 0.9 ms when compiled by C2, and 8 ms
 * when compiled by C1.
 */
class NativeRsa {

    private static final Logger log = LoggerFactory.getLogger(NativeRsa.class);

    /** Empty if the library cannot be loaded: it is for Linux on x86-64, and the temporary folder must allow programs. */
    static final Optional<Provider> PROVIDER = load(AmazonCorrettoCryptoProvider.INSTANCE);

    private NativeRsa() {}

    private static Optional<Provider> load(AmazonCorrettoCryptoProvider provider) {
        if (provider.getLoadingError() == null) {
            return Optional.of(provider);
        }
        log.info(
                "Access tokens are signed in Java, several times as slowly, because the native library cannot be loaded: {}",
                provider.getLoadingError().toString());
        return Optional.empty();
    }
}
