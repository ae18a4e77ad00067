package dev.herald.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void endsWithoutACursor() {
        assertThat(Page.of(List.of("a", "b"), 2, Cursor::of)).isEqualTo(new Page<>(List.of("a", "b"), null));
    }

    @Test
    void pointsBehindItsLastItem() {
        Page<String> page = Page.of(List.of("a", "b", "c"), 2, Cursor::of);

        assertThat(page.items()).containsExactly("a", "b");
        assertThat(page.nextCursor())
                .satisfies(cursor -> assertThat(
                                Cursor.decode(String.valueOf(cursor), 1).text(0))
                        .isEqualTo("b"));
    }

    @Test
    void cursorCarriesEveryColumn() {
        UUID id = UUID.randomUUID();
        Cursor cursor = Cursor.decode(Cursor.of("Žofie \"😀\"", id).encode(), 2);

        assertThat(cursor.text(0)).isEqualTo("Žofie \"😀\"");
        assertThat(cursor.uuid(1)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "bm8",
                "W10",
                "WyJhIl0",
                "WyJhIiwiYiIsImMiXQ",
                "bnVsbA",
                "WyJhIixudWxsXQ",
                "e30",
                "WyJcdTAwMDAiLCJhIl0",
                "WyJcdWQ4MDAiLCJhIl0"
            })
    void refusesAForgedCursor(String word) {
        assertThatExceptionOfType(InvalidCursor.class).isThrownBy(() -> Cursor.decode(word, 2));
    }

    @Test
    void refusesACursorOfAnotherList() {
        Cursor other = Cursor.decode(Cursor.of("a", "no uuid").encode(), 2);

        assertThatExceptionOfType(InvalidCursor.class).isThrownBy(() -> other.uuid(1));
    }
}
