package dev.herald.local.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that is most similar to a mistyped one. */
public final class Suggestion {

    private Suggestion() {}

    /** A question for the end of an error message; empty if no known word is similar. */
    public static String hint(String word, List<String> known) {
        return to(word, known).map(" Did you mean %s?"::formatted).orElse("");
    }

    /** The most similar known word: at most one letter or a third of them differ, or the typed word is its beginning. */
    static Optional<String> to(String typed, List<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> isNear(word, candidate))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    private static boolean isNear(String word, String candidate) {
        return distance(word, candidate) <= Math.max(1, (candidate.length() + 1) / 3)
                || (word.length() > 2 && candidate.startsWith(word));
    }

    /** The optimal string alignment distance: the number of inserted, deleted, replaced or swapped letters. */
    static int distance(String one, String other) {
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int least = Math.min(
                        distance[i - 1][j - 1] + replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                distance[i][j] = swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
            }
        }
        return distance[one.length()][other.length()];
    }
}
