package dev.herald.user.keys;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The age of the current key and its configured lifetime, which the alert {@code HeraldSigningKeyOld} compares. */
@Component
class SigningKeyMetrics implements MeterBinder {

    private final SigningKeys keys;
    private final TokenSettings settings;
    private final Clock clock;

    SigningKeyMetrics(SigningKeys keys, TokenSettings settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        TimeGauge.builder("herald.signing.key.age", () -> age().toSeconds(), TimeUnit.SECONDS)
                .description("How long the current key has signed access tokens")
                .register(meters);
        TimeGauge.builder(
                        "herald.signing.key.lifetime",
                        () -> settings.signingKey().toSeconds(),
                        TimeUnit.SECONDS)
                .description("How long a key signs before the next one replaces it")
                .register(meters);
    }

    /** Zero until the keys are loaded. */
    private Duration age() {
        return keys.isRunning() ? Duration.between(keys.current().signsFrom(), clock.instant()) : Duration.ZERO;
    }
}
