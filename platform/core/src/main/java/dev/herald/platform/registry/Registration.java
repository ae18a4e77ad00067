package dev.herald.platform.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import com.netflix.appinfo.InstanceInfo.PortType;
import com.netflix.discovery.shared.transport.EurekaHttpClient;
import com.netflix.discovery.shared.transport.EurekaHttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares this instance's entry in each registry with the instance's status and address, and corrects a wrong entry. */
class Registration {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final ApplicationInfoManager instance;
    private final Registries registries;
    private volatile RegisteredStatus actual = RegisteredStatus.MISSING;
    private volatile RegisteredStatus lastAnswer = RegisteredStatus.MISSING;
    private boolean wasDirty;

    Registration(ApplicationInfoManager instance, Registries registries) {
        this.instance = instance;
        this.registries = registries;
    }

    RegisteredStatus expected() {
        return RegisteredStatus.of(instance.getInfo().getStatus());
    }

    /** The status in the registries; if they differ, the first that is not the expected one. */
    RegisteredStatus actual() {
        return actual;
    }

    /** The status that callers see in their copies of the registry: the last one that a registry has answered with. */
    RegisteredStatus seenByCallers() {
        return lastAnswer;
    }

    void check() {
        RegisteredStatus found = RegisteredStatus.UNREACHABLE;
        boolean isDirty = instance.getInfo().isDirty();
        for (EurekaHttpClient registry : registries.clients()) {
            RegisteredStatus status = checkWithin(registry);
            if (found == RegisteredStatus.UNREACHABLE || (found == expected() && isAnswer(status))) {
                found = status;
            }
        }
        if (isAnswer(found)) {
            lastAnswer = found;
        }
        actual = found;
        wasDirty = isDirty;
    }

    private static boolean isAnswer(RegisteredStatus status) {
        return status != RegisteredStatus.UNREACHABLE;
    }

    private RegisteredStatus checkWithin(EurekaHttpClient registry) {
        InstanceInfo self = instance.getInfo();
        try {
            EurekaHttpResponse<InstanceInfo> answer = registry.getInstance(self.getAppName(), self.getId());
            InstanceInfo copy = answer.getEntity();
            if (answer.getStatusCode() != (copy == null ? NOT_FOUND : OK)) {
                return RegisteredStatus.UNREACHABLE;
            }
            RegisteredStatus status = RegisteredStatus.of(copy);
            // The Eureka client registers an instance that it has marked as dirty (changed). If the instance is still
            // dirty at the next check, this class registers it.
            if ((!self.isDirty() || wasDirty) && !isRight(copy, self)) {
                log.warn(
                        "The registry lists this instance as {}, but it is {}: registering it anew",
                        status,
                        expected());
                correct(registry, copy, self);
            }
            return status;
        } catch (RuntimeException e) {
            log.debug("A registry does not answer", e);
            return RegisteredStatus.UNREACHABLE;
        }
    }

    /** OUT_OF_SERVICE is set by an operator, so it is right for every status of the instance. */
    private static boolean isRight(@Nullable InstanceInfo copy, InstanceInfo self) {
        return copy != null
                && (copy.getStatus() == self.getStatus() || copy.getStatus() == InstanceStatus.OUT_OF_SERVICE)
                && hasSameAddress(copy, self);
    }

    private static boolean hasSameAddress(InstanceInfo copy, InstanceInfo self) {
        return Objects.equals(copy.getHostName(), self.getHostName())
                && Objects.equals(copy.getIPAddr(), self.getIPAddr())
                && Objects.equals(copy.getVIPAddress(), self.getVIPAddress())
                && copy.getPort() == self.getPort()
                && copy.getSecurePort() == self.getSecurePort()
                && copy.isPortEnabled(PortType.UNSECURE) == self.isPortEnabled(PortType.UNSECURE)
                && copy.isPortEnabled(PortType.SECURE) == self.isPortEnabled(PortType.SECURE);
    }

    private static void correct(EurekaHttpClient registry, @Nullable InstanceInfo copy, InstanceInfo self) {
        if (copy != null) {
            if (copy.getStatus() != self.getStatus() && copy.getOverriddenStatus() != InstanceStatus.OUT_OF_SERVICE) {
                registry.deleteStatusOverride(self.getAppName(), self.getId(), self);
            }
            // Eureka keeps the entry with the later dirty timestamp, even if another machine's clock made it.
            self.setLastDirtyTimestamp(Math.max(
                    System.currentTimeMillis(),
                    Math.max(self.getLastDirtyTimestamp(), copy.getLastDirtyTimestamp() + 1)));
        }
        registry.register(self);
    }
}
