package dev.herald.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionHeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip", "*", "x-gzip;q=0.1", "*;q=0, gzip", "deflate;q=1.0,gzip ; q = 0.5"})
    void acceptsGzip(String accepted) {
        assertThat(CompressionHeaders.accepts(List.of(accepted))).isTrue();
        assertThat(CompressionHeaders.accepts(List.of("br", accepted))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "br", "gzipped", "gzip;level=9"})
    void acceptsNoGzip(String accepted) {
        assertThat(CompressionHeaders.accepts(List.of(accepted))).isFalse();
    }
}
