package dev.herald.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private final LogFile log;

    LogFileTest(@TempDir Path folder) {
        log = new LogFile(folder.resolve("logs/echo.log"));
    }

    @Test
    void tellsTheLastWordsOfTheLatestStartOnly() throws Exception {
        say("the first life");
        say("the second life, 100% sure");

        assertThat(log.lastLines()).containsExactly("the second life, 100% sure");
        assertThat(log.tail(10)).hasSize(4).contains("the first life");
    }

    @Test
    void hasNoLastWordsOfASilentProcess() throws Exception {
        say("the first life");
        log.run(new ProcessBuilder("true"));

        assertThat(log.lastLines()).isEmpty();
    }

    @Test
    void isEmptyBeforeTheFirstStart() {
        assertThat(log.lastLines()).isEmpty();
    }

    @Test
    void readsTheEndOfALongLogOnly() throws IOException {
        log.append("x".repeat(1_000_000));
        log.append("the end");

        assertThat(log.tail(1)).containsExactly("the end");
    }

    private void say(String words) throws Exception {
        log.run(new ProcessBuilder("echo", words));
    }
}
