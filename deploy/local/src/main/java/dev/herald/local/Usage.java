package dev.herald.local;

/** What {@code ./herald help} says. */
final class Usage {

    static final String TEXT = """
            Herald on this machine: the real services with real PostgreSQL, Kafka, Redis and SMTP servers.

              ./herald up [--detach] [--no-demo] [--observe]
                                                   start everything, tell the first user's story, and stay until Ctrl-C
              ./herald down                        stop everything; data and logs are kept
              ./herald status                      how every component is
              ./herald demo                        tell the first user's story again
              ./herald logs [component] [-f]       the end of every log, or of one; -f goes on with it
              ./herald start|stop|restart <component>
              ./herald scale <service> <n>         run n instances of one, 1 to 6, until the next down
              ./herald replay <service>            read the topics again from the beginning, and make its read models again
              ./herald deadletters [service]       what consumers could not handle
              ./herald deadletters <service> replay|discard <position...|all>
              ./herald bench [scenario...]         put load on the running suite, and compare what it does with its aims
              ./herald chaos                       kill, pause and restart the parts of another suite under load, and say what is lost
              ./herald caches [service...]         make the start-up caches that are missing (800 MB): later starts are faster
              ./herald reset                       stop everything, and forget all data and logs
              ./herald jdk                         where the JDK 25 is that all of this runs on
              ./herald help                        this page

              --detach   return as soon as everything is ready, and leave it running
              --no-demo  without the story
              --observe  with Prometheus, its rules and alerts, and Zipkin, which shows every request's trace

              --reason "<why>"                     (deadletters discard) for the log

              --rounds <n>, --seconds <n>          (bench) so many rounds, each so long for everything that is compared
              --keep-rows                          (bench) leave the million users, and the posts, for the next time

              --seed <n>, --minutes <n>            (chaos) which faults, else any; for so long, 5 unless said

            Components: postgres kafka redis smtp discovery user-service post-service notification-service gateway,
                        prometheus zipkin (after up --observe),
                        and further instances of a service as status shows them: post-service-2

            Services to scale: user-service post-service notification-service

            Services that hear events: post-service notification-service

            Scenarios: read-user gateway-overhead observability login register read-post user-with-posts create-post
                       event-to-email outbox-drain outbox-tail outbox-xmin list-users list-posts author-counts

            Environment
              HERALD_HOME                          the folder of data, logs and records (.herald in the repository)
              HERALD_<NAME>_PORT                   moves a port; <NAME> is one of POSTGRES KAFKA KAFKA_CONTROLLER REDIS SMTP
                                                   INBOX PROMETHEUS ZIPKIN, or DISCOVERY USER_SERVICE POST_SERVICE NOTIFICATION_SERVICE GATEWAY,
                                                   each of these also with _MANAGEMENT
              HERALD_JAVA_OPTS                     options for the JVM of every service
              HERALD_JAVA_HOME                     the JDK 25 to use
              HERALD_POSTGRES_URL, _USER, _PASSWORD
              HERALD_KAFKA_BOOTSTRAP_SERVERS
              HERALD_REDIS_URL
              HERALD_SMTP_HOST, _PORT              use a server of yours instead of the embedded one

            Exit codes: 0 done, 1 it failed, 2 not understood, 3 (status) not everything is up, 130 Ctrl-C
            """;

    private Usage() {}
}
