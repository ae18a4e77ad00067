package dev.herald.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailWriterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                "Ada King-Noel",
                "O'Neil",
                "J. R. R. Tolkien",
                "J.R.R. Tolkien",
                "J.R.R.",
                "Tolkien J",
                "Tolkien J. R.",
                "J.-P. Sartre",
                "A\u0301. Lovelace",
                "7 of 9",
                "山田\u3000太郎",
                "Ада Лавлейс",
                "अदा"
            })
    void greetsByAName(String name) {
        assertThat(EmailWriter.isGreetable(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi,\r\n\r\nyour account is suspended: https://evil.example/x",
                "evil.example",
                "t.co",
                "J.evil.example",
                "J.R.evil",
                "evil.e",
                "J.R.R.Tolkien",
                "x.y1",
                "1.2.3.4",
                "a..b",
                ".a",
                "Dr. Who",
                "evil\u3002example",
                "evil\uff0eexample",
                "evil\u2024example",
                "ada@evil.example",
                "http://evil",
                "mailto:eve",
                "Ada, your account",
                "Ada!",
                "Ada\nEve",
                "Ada\tEve",
                "Ada\u2028Eve",
                "Ada\u2029Eve",
                "Ada\u0085Eve",
                "Ada\u200bEve",
                "\u202eadA",
                "Ada (admin)",
                "Ada/Eve",
                "Ada\\Eve",
                "Ada_Eve",
                "<b>Ada</b>",
                "\ud83d\ude00",
                "-",
                "'",
                " ",
                ""
            })
    void doesNotGreetByWhatCouldBeALinkOrAParagraph(String name) {
        assertThat(EmailWriter.isGreetable(name)).isFalse();
    }
}
