package dev.herald.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.settings.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version and commit of this checkout. */
final class Version {

    private static final Pattern PROJECT =
            Pattern.compile("<artifactId>herald</artifactId>\\s*<version>([^<]+)</version>");

    private Version() {}

    static List<String> lines() throws IOException, InterruptedException {
        return List.of(
                "Herald %s, %s".formatted(project(), commit()),
                "JDK %s in %s".formatted(Runtime.version(), System.getProperty("java.home")));
    }

    static String project() throws IOException {
        Matcher project = PROJECT.matcher(Files.readString(Checkout.root().resolve("pom.xml")));
        return project.find() ? project.group(1) : "of an unknown version";
    }

    /** The full id of the checked-out commit; empty without git, or if a tracked file differs from it. */
    static Optional<String> unchangedCommit() throws InterruptedException {
        return isChanged() ? Optional.empty() : git("rev-parse", "HEAD");
    }

    /** The URL that this repository was cloned from; empty if it is not https. */
    static Optional<String> source() throws InterruptedException {
        return git("remote", "get-url", "origin").filter(url -> url.startsWith("https://"));
    }

    private static boolean isChanged() throws InterruptedException {
        return git("status", "--porcelain", "--untracked-files=no")
                .filter(files -> !files.isEmpty())
                .isPresent();
    }

    private static String commit() throws InterruptedException {
        Optional<String> commit = git("log", "-1", "--date=short", "--format=commit %h of %cd");
        if (commit.isEmpty()) {
            return "commit unknown without git";
        }
        return commit.get() + (isChanged() ? ", changed since" : "");
    }

    private static Optional<String> git(String... words) throws InterruptedException {
        Path root = Checkout.root();
        if (!Files.exists(root.resolve(".git"))) {
            return Optional.empty();
        }
        try {
            ProcessBuilder git = new ProcessBuilder("git", "-C", root.toString());
            git.command().addAll(List.of(words));
            Process process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? Optional.of(answer.strip()) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }
}
