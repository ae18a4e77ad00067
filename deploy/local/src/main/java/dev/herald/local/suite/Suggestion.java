package dev.herald.local.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class Suggestion {

    private Suggestion() {}

    /** A question to end a sentence with, or nothing if no known word is near. */
    public static String hint(String word, List<String> known) {
        return to(word, known).map(" Did you mean %s?"::formatted).orElse("");
    }

    /** The known word that the fewest changes lead to, if these are at most a third of its letters, and one at least. */
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

    /** How many letters must be added, removed, replaced or swapped with their neighbour (optimal string alignment). */
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
