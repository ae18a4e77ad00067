package dev.herald.benchmarks;

import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Rows that are inserted directly and have no events: creating a million through the API would take most of a day. */
final class Rows {

    static final int THOUSAND = 1_000;
    static final int MILLION = 1_000_000;

    private final Database database;
    private final RowType type;
    private final Consumer<String> say;
    private OptionalLong count = OptionalLong.empty();
    private boolean ended;

    Rows(Database database, RowType type, Consumer<String> say) {
        this.database = database;
        this.type = type;
        this.say = say;
    }

    /** Replaces the rows by the wanted number unless there are as many, and returns when the machine is idle. */
    synchronized void load(int wanted) throws SQLException, InterruptedException {
        if (ended) {
            throw new BenchFailed("The benchmark was interrupted.");
        }
        if (count() == wanted) {
            return;
        }
        say.accept("loading %,d %s".formatted(wanted, type.name().toLowerCase(Locale.ROOT)));
        remove();
        database.execute(type.insert.formatted(wanted));
        count = OptionalLong.of(wanted);
        database.execute(type.settle);
        IdleCpu.await();
    }

    /** Removes all rows, and prevents further loads. */
    synchronized void removeForGood() throws SQLException {
        ended = true;
        remove();
    }

    long others() throws SQLException {
        return database.number("select count(*) from %s where not (%s)".formatted(type.table, type.ours));
    }

    private void remove() throws SQLException {
        if (count() == 0) {
            return;
        }
        count = OptionalLong.empty();
        database.execute(type.delete);
        count = OptionalLong.of(0);
        database.execute(type.settle);
    }

    /** The number of rows. The first call counts, because an earlier run may have left rows. */
    private long count() throws SQLException {
        if (count.isEmpty()) {
            count = OptionalLong.of(
                    database.number("select count(*) from %s where %s".formatted(type.table, type.ours)));
        }
        return count.getAsLong();
    }
}
