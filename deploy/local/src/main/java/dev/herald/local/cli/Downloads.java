package dev.herald.local.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the artifacts that Maven downloads. */
final class Downloads {

    private static final Pattern DOWNLOADED =
            Pattern.compile("Downloaded from \\S+: \\S+ \\((\\d+(?:\\.\\d+)?) ?(B|kB|MB)(?: at .*)?\\)");

    private int count;
    private double bytes;

    void read(String line) {
        Matcher download = DOWNLOADED.matcher(line);
        if (download.find()) {
            count++;
            bytes += Double.parseDouble(download.group(1)) * unit(download.group(2));
        }
    }

    int count() {
        return count;
    }

    /** For the end of a sentence; empty if there were none. */
    @Override
    public String toString() {
        return count == 0 ? "" : String.format(Locale.ROOT, ", %d artifacts (%.0f MB) fetched", count, bytes / 1e6);
    }

    private static double unit(String name) {
        return switch (name) {
            case "MB" -> 1e6;
            case "kB" -> 1e3;
            default -> 1;
        };
    }
}
