package dev.herald.local.cli;

import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands of {@code ./herald}, with the synopsis and the help of each. */
public enum Usage {
    UP(
            "[--detach] [--no-demo] [--observe] [--relay <relay>] [--cluster]",
            "start everything, register a first user, and stay until Ctrl-C",
            """
              --detach   return as soon as everything is ready, and leave it running
              --no-demo  without the demo
              --observe  with Prometheus, its rules and alerts, and Zipkin, which shows every request's trace
              --relay    who publishes the services' events: relay, their own, is the default; debezium, in Kafka Connect
              --cluster  three Kafka brokers, PostgreSQL with a standby, Redis with Sentinel, and two instances of each service (Linux, root)

            The command checks ports and memory, and builds each module that is older than its sources. If the suite is up, it only prints the addresses.
            """),
    DOWN("", "stop everything; data and logs are kept", ""),
    STATUS("[--json]", "whether requests are served, and the state of every component", """
              --json  print one JSON object, for programs

            Every component is probed now; one that does not answer within two seconds, such as a frozen one, is not up. One request goes through the
            gateway, and the instances are read from the registry. After up --observe it lists the alerts that fire.
            Exit codes: 0 callers are served and everything is up; 3 otherwise, also while an alert with the severity page fires.

            The object of --json:
              served      true exactly if the exit code is 0
              since       the start time of the suite; absent while it is not running
              gateway     url, status (0: no answer), millis
              components  name, state (up starting silent unready stopped crashed external), pid, since, memoryBytes, ports {purpose: number},
                          registry {expected, actual} of a service, problem
              alerts      name, severity, since, summary
              problems    sentences that say why served is false
              notes       sentences about instances that get no requests while others do
            Further fields may be added.
            """),
    INFO("", "addresses, passwords and folders of the local suite", ""),
    DEMO("", "register another user, and follow the event and the email", ""),
    LOGS(
            "[component...] [-f] [--errors] [--since <time>] [--grep <pattern>]",
            "the logs of all components, or of some, merged by time",
            """
              -f                print new entries too, until Ctrl-C
              --errors          only errors, each with its stack trace
              --since <time>    only entries after this time: 90s, 10m, 2h, 1d, 10:15 (today) or 2026-11-30T10:15:00Z
              --grep <pattern>  only entries that match a regular expression of Java

            An entry is a line with a time, and the lines without a time that follow it. Without an option the last 100 entries are printed.
            """),
    TRACE("<id>", "the log lines of one request, and its spans, in order", """
            The id is the traceId of a problem document, the trace id in the response header traceresponse (32 hexadecimal digits), or the value of
            X-Request-Id. After up --observe the spans of the trace are read from Zipkin.
            """),
    START("<component>", "start one component", ""),
    STOP("<component>", "stop one component gracefully", ""),
    RESTART("<component>", "stop and start one component", ""),
    SCALE("<service> <n>", "run n instances of one service, 1 to 6, until the next down", """
            Services to scale: user-service post-service notification-service
            """),
    REPLAY("<service>", "read the topics again from the beginning, and rebuild the read models", """
            Services that consume events: post-service notification-service
            """),
    DEADLETTERS(
            "[service] [replay|discard] [position...] [--reason <why>]",
            "list, replay or discard the events that consumers could not handle",
            """
              ./herald deadletters                                        list the dead letters of every consumer
              ./herald deadletters <service>                              list those of one consumer
              ./herald deadletters <service> replay <position...|all>     handle them again
              ./herald deadletters <service> discard <position...|all> --reason "<why>"

              --reason <why>  written to the log
            """),
    BENCH(
            "[scenario...] [--rounds <n>] [--seconds <n>] [--keep-rows]",
            "put load on the running suite, and compare the results with their aims",
            """
              --rounds <n>   the number of rounds
              --seconds <n>  each so long for everything that is compared
              --keep-rows    keep the million users and the posts for the next run

            Scenarios: read-user gateway-overhead peers observability login refresh verify forgot-password login-burst
                       register read-post user-with-posts create-post event-to-email outbox-drain outbox-tail
                       outbox-xmin list-users list-posts author-counts charts
            """),
    CHAOS(
            "[--seed <n>] [--minutes <n>] [--cluster]",
            "start another suite, kill, pause and restart its components under load, and report lost data",
            """
              --seed <n>     the same seed injects the same faults (random)
              --minutes <n>  the duration of the load (5)
              --cluster      a cluster as of up --cluster, with brokers cut off and with fail-over
            """),
    CACHES("[service...]", "make the missing start-up caches (800 MB), so that later starts are faster", ""),
    IMAGES(
            "[service...] [--base <image>] [--repository <name>] [--platform <os/arch>] [--small]",
            "build container images with docker, podman or buildah",
            """
              --base <image>       an image with Java 25 (eclipse-temurin:25-jre); deploy/images/base/base.sh makes one without a registry
              --repository <name>  the prefix of the images' names, such as ghcr.io/you (herald)
              --platform <os/arch> build for another processor, such as linux/arm64, without a start-up cache
              --small              without a start-up cache: 110 to 185 MB less, and about twice the time to start

            The tags are the version and, if no tracked file is changed, the commit.
            """),
    RESET("", "stop everything, and delete all data and logs", ""),
    VERSION("", "version and commit of this checkout, and its JDK", ""),
    JDK("", "the folder of the JDK 25 in use", ""),
    HELP("[command]", "this page, or the help of one command", "");

    private static final String HEAD = """
            Herald on this machine: the real services with real PostgreSQL, Kafka, Redis and SMTP servers.

            """;

    private static final String TAIL = """

            ./herald help <command> explains the options of a command. Defaults are in parentheses.

            Components: postgres kafka redis smtp discovery user-service post-service notification-service gateway,
                        prometheus zipkin (after up --observe), kafka-connect (after up --relay debezium),
                        and further instances of a service as status shows them: post-service-2

            Environment
              HERALD_HOME                   the folder of data, logs and records (.herald in the repository)
              HERALD_BIND_ADDRESS           the address that everything listens on (127.0.0.1); with 0.0.0.0 other machines reach the databases too
              HERALD_<NAME>_PORT            moves a port; <NAME> is one of POSTGRES KAFKA KAFKA_CONTROLLER KAFKA_CONNECT REDIS SMTP INBOX
                                            PROMETHEUS ZIPKIN, or DISCOVERY USER_SERVICE POST_SERVICE NOTIFICATION_SERVICE GATEWAY, each of these also
                                            with _MANAGEMENT
              HERALD_JAVA_OPTS              options for the JVM of every service
              HERALD_JAVA_HOME              the JDK 25 to use
              HERALD_POSTGRES_URL, _USER, _PASSWORD
              HERALD_KAFKA_BOOTSTRAP_SERVERS
              HERALD_REDIS_URL
              HERALD_SMTP_HOST, _PORT       use your own server instead of the embedded one

            Exit codes: 0 done, 1 failed, 2 wrong command line, 3 (status) callers are not served, 130 Ctrl-C
            """;

    private final String synopsis;
    private final String summary;
    private final String details;

    Usage(String synopsis, String summary, String details) {
        this.synopsis = synopsis;
        this.summary = summary;
        this.details = details;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String synopsis() {
        return synopsis;
    }

    String line() {
        return ("Usage: ./herald " + word() + " " + synopsis).strip();
    }

    String page() {
        return "%s%n%n%s.%n%s".formatted(line(), sentence(summary), details.isEmpty() ? "" : "%n%s".formatted(details));
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
    }

    static String overview() {
        return HEAD
                + Arrays.stream(values())
                        .map(usage -> "  %-12s %s%n".formatted(usage.word(), usage.summary))
                        .collect(Collectors.joining())
                + TAIL;
    }

    /** The usage line that is printed above an error message. */
    static String lineFor(List<String> words) {
        return words.stream()
                .findFirst()
                .flatMap(Usage::find)
                .map(Usage::line)
                .orElseGet(() -> "Usage: ./herald "
                        + Arrays.stream(values()).map(Usage::word).collect(Collectors.joining("|")));
    }

    static Usage of(List<String> words) {
        if (words.isEmpty()) {
            throw new BadUsage("There is no command. Did you mean up?");
        }
        String word = words.getFirst();
        return find(word)
                .orElseThrow(() -> new BadUsage("There is no %s \"%s\"."
                                .formatted(word.startsWith("-") ? "option" : "command", word)
                        + Suggestion.hint(
                                word, Arrays.stream(values()).map(Usage::word).toList())));
    }

    private static Optional<Usage> find(String word) {
        return switch (word) {
            case "-h", "--help" -> Optional.of(HELP);
            case "-V", "--version" -> Optional.of(VERSION);
            default ->
                Arrays.stream(values())
                        .filter(usage -> usage.word().equals(word))
                        .findFirst();
        };
    }

    /** Splits {@code --option=value} into two words if the option takes a value, and replaces a command with {@code --help} by {@code help <command>}. */
    static List<String> normalised(List<String> words) {
        Optional<Usage> command = words.stream().findFirst().flatMap(Usage::find);
        if (command.isEmpty()) {
            return words;
        }
        Usage usage = command.get();
        if (usage != HELP && words.stream().skip(1).anyMatch(List.of("--help", "-h")::contains)) {
            return List.of(HELP.word(), usage.word());
        }
        Map<String, String> known = Arguments.known(usage.synopsis);
        Stream<String> rest = words.stream().skip(1).flatMap(word -> {
            String[] parts = word.split("=", 2);
            boolean split =
                    parts.length == 2 && !known.getOrDefault(parts[0], "").isEmpty();
            return split ? Stream.of(parts) : Stream.of(word);
        });
        return Stream.concat(Stream.of(usage.word()), rest).toList();
    }
}
