package dev.herald.platform.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Ejects an instance that does not answer several times in a row, as Envoy's outlier detection does: it gets no
 * requests for {@link #EJECTION}, and then single trial requests. Its first response ends the ejection. The last
 * instance of a service is never ejected.
 */
public class OutlierDetection {

    static final int FAILURES = 3;
    public static final Duration EJECTION = Duration.ofSeconds(5);

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(OutlierDetection.class);

    private final Clock clock;

    /** Has only the instances that have failed since their last response. */
    private final Map<String, Failures> failing = new ConcurrentHashMap<>();

    /** @param nextTrial when an ejected instance may get its next trial request; null if the instance is not ejected */
    private record Failures(
            int count, Instant last, @Nullable Instant nextTrial) {

        static final Failures NONE = new Failures(0, Instant.MIN, null);

        boolean isEjected() {
            return nextTrial != null;
        }

        boolean isTrialDue(Instant now) {
            return nextTrial != null && !now.isBefore(nextTrial);
        }

        Failures trialAt(Instant time) {
            return new Failures(count, last, time);
        }
    }

    public OutlierDetection(Clock clock) {
        this.clock = clock;
    }

    public static String keyOf(ServiceInstance instance) {
        String id = instance.getInstanceId();
        return id != null ? id : instance.getHost() + ":" + instance.getPort();
    }

    /** Records a response, which may have any status. */
    public void answered(ServiceInstance instance) {
        if (!failing.isEmpty()) {
            Failures ended = failing.remove(keyOf(instance));
            if (ended != null && ended.isEjected()) {
                log.info("Instance {} answers again", keyOf(instance));
            }
        }
    }

    /** @param all all instances of the service */
    public void failed(ServiceInstance instance, List<ServiceInstance> all) {
        Instant now = clock.instant();
        failing.values().removeIf(failures -> failures.last().isBefore(now.minus(FORGOTTEN_AFTER)));
        String key = keyOf(instance);
        boolean others = all.stream().anyMatch(other -> !keyOf(other).equals(key) && !isEjected(other));
        Failures failures = failing.merge(key, new Failures(1, now, null), (before, one) -> {
            boolean ejected = before.isEjected() || (before.count() + 1 >= FAILURES && others);
            return new Failures(before.count() + 1, now, ejected ? now.plus(EJECTION) : null);
        });
        if (failures.count() == FAILURES && failures.isEjected()) {
            log.warn("Instance {} has not answered {} times in a row and gets no requests for now", key, FAILURES);
        }
    }

    /** Whether the instance has not failed since its last response. */
    public boolean isHealthy(ServiceInstance instance) {
        return !failing.containsKey(keyOf(instance));
    }

    public boolean hasOthersThatAnswer(List<ServiceInstance> all) {
        return all.size() > 1 && all.stream().anyMatch(this::isHealthy);
    }

    /**
     * The instances to choose from for a request.
     *
     * @param trialDelay how long a trial must be due before this request may be the trial
     */
    public List<ServiceInstance> among(List<ServiceInstance> all, Duration trialDelay) {
        if (failing.isEmpty() || all.size() < 2) {
            return all;
        }
        for (ServiceInstance instance : all) {
            if (takesTrial(instance, trialDelay)) {
                return List.of(instance);
            }
        }
        return notEjected(all);
    }

    /** The instances that are not ejected; all instances if all are ejected. */
    public List<ServiceInstance> notEjected(List<ServiceInstance> all) {
        List<ServiceInstance> others =
                all.stream().filter(instance -> !isEjected(instance)).toList();
        return others.isEmpty() ? all : others;
    }

    /** Lets one request in each {@link #EJECTION} try an ejected instance. */
    private boolean takesTrial(ServiceInstance instance, Duration trialDelay) {
        String key = keyOf(instance);
        Failures failures = failing.get(key);
        Instant now = clock.instant();
        return failures != null
                && failures.isTrialDue(now.minus(trialDelay))
                && failing.replace(key, failures, failures.trialAt(now.plus(EJECTION)));
    }

    private boolean isEjected(ServiceInstance instance) {
        return failing.getOrDefault(keyOf(instance), Failures.NONE).isEjected();
    }
}
