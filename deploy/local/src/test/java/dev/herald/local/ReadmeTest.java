package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The README shows what is run. */
class ReadmeTest {

    @Test
    void showsTheTypeScriptExampleAsItIs() throws IOException {
        String example = Files.readString(Checkout.root().resolve("deploy/clients/typescript/example/journey.ts"));

        assertThat(Checkout.root().resolve("README.md")).content().contains("```ts\n" + example + "```");
    }
}
