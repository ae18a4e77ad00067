package dev.herald.local.server;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.herald.local.process.JavaCommand;
import dev.herald.local.process.LogFile;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One instance of a service: its unpacked Spring Boot jar in a JVM.
 *
 * @param number the number of the instance, from 1
 * @param tuning the JVM options of this service
 */
public record Service(
        Settings settings, String module, int number, List<String> tuning, Map<String, String> environment)
        implements Component {

    /** The heap of a service with a database, which has up to 90 MiB of live objects. */
    public static final List<String> SMALL_HEAP = List.of("-Xmx144m");

    /**
     * The options of the gateway, which every request passes. C2 reduces the processor time of a request to a third after a minute of load,
     * and costs 60 MiB and some seconds at the start.
     */
    public static final List<String> BUSY = List.of("-Xmx96m", "-XX:TieredStopAtLevel=4");

    private static final List<String> JVM = List.of(
            // Spring's classes need more than the default, and each increase costs a full collection.
            "-XX:MetaspaceSize=96m",
            // The young generation: the default is two to three times as large, without serving more requests.
            "-Xmn16m",
            // Returns memory that the JIT compilers have freed to the system, every 30 s.
            "-XX:TrimNativeHeapInterval=30000");

    public Service instance(int another, Map<Port, Integer> ports) {
        return new Service(settings.moving(ports).node(module, another), module, another, tuning, environment);
    }

    @Override
    public String name() {
        return nameOf(number);
    }

    public String nameOf(int instance) {
        return instance == 1 ? module : module + "-" + instance;
    }

    public Port port() {
        return Port.of(module).getFirst();
    }

    private Port management() {
        return Port.of(module).getLast();
    }

    @Override
    public Map<Port, Integer> ports() {
        return settings.ports(module);
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jar().unpack(log());
    }

    @Override
    public ProcessBuilder process() {
        UnpackedJar jar = jar();
        return jvm(jar, Files.exists(jar.startupCache()) ? List.of("-XX:AOTCache=" + jar.startupCache()) : List.of());
    }

    @Override
    public Probe probe() {
        return Probe.health(managementUrl("/actuator/health/readiness"));
    }

    public URI managementUrl(String path) {
        return settings.url(management(), path);
    }

    /** The token that the management endpoints need, except health, info and metrics; empty if none is set. */
    public Optional<String> managementToken() {
        return Optional.ofNullable(settings.environment().get("HERALD_MANAGEMENT_TOKEN"))
                .filter(token -> !token.isBlank());
    }

    public boolean hasStartupCache() {
        return Files.exists(jar().startupCache());
    }

    /** Whether the jar of the latest build is unpacked. */
    public boolean isPrepared() {
        return jar().isCurrent();
    }

    /**
     * Makes the JDK's start-up cache (JEP 514) in a training run: starts the service without a registry until its context is ready. This
     * takes about 20 s of processor time, and halves the time of every later start.
     */
    public void makeStartupCache(LogFile log) throws IOException, InterruptedException {
        UnpackedJar jar = jar();
        jar.exclusively(() -> {
            if (!hasStartupCache()) {
                Path unfinished = jar.startupCache().resolveSibling("unfinished.aot");
                ProcessBuilder training = jvm(
                        jar,
                        List.of(
                                "-XX:AOTCacheOutput=" + unfinished,
                                "-Dspring.context.exit=onRefresh",
                                "-Deureka.client.register-with-eureka=false",
                                "-Deureka.client.fetch-registry=false"));
                List<String> command = new ArrayList<>(training.command());
                // A lower priority, so that requests to a running suite come first.
                command.addAll(0, List.of("nice", "-n", "5"));
                log.run(training.command(command));
                Files.move(unfinished, jar.startupCache(), ATOMIC_MOVE);
            }
        });
    }

    private UnpackedJar jar() {
        return new UnpackedJar(Checkout.serviceJar(module));
    }

    /**
     * The command of the service, for its start and for the training run: a start-up cache is valid only for the command line that made it.
     */
    private ProcessBuilder jvm(UnpackedJar jar, List<String> startup) {
        ProcessBuilder process = new ProcessBuilder(JavaCommand.with()
                .options(JVM)
                .options(tuning)
                .options(startup)
                .options(settings.javaOptions())
                .jar(jar.unpacked()));
        Map<String, String> variables = process.environment();
        // The user's settings of the services, such as HERALD_SESSION_ACCESS_TOKEN.
        variables.putAll(settings.environment());
        variables.putAll(environment);
        variables.put("SPRING_PROFILES_ACTIVE", "local");
        variables.put("SERVER_PORT", Integer.toString(settings.port(port())));
        variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(settings.port(management())));
        // Two arenas, because by default glibc keeps free memory in up to eight for each processor.
        variables.put("MALLOC_ARENA_MAX", "2");
        // In bytes. Larger blocks are returned when freed, such as the 19 MiB of a password hash.
        variables.put("MALLOC_MMAP_THRESHOLD_", "262144");
        // The portal's console reads this file through the endpoint logfile.
        variables.put("MANAGEMENT_ENDPOINT_LOGFILE_EXTERNALFILE", log().path().toString());
        String address = settings.bindAddress();
        variables.put("SERVER_ADDRESS", address);
        variables.put("MANAGEMENT_SERVER_ADDRESS", address);
        // Without these a service registers its first address that is not a loopback address.
        if (!settings.bindsToAllAddresses()) {
            variables.put("EUREKA_INSTANCE_IP_ADDRESS", address);
            // Spring Cloud makes the instance id from this address.
            variables.put("SPRING_CLOUD_CLIENT_IP_ADDRESS", address);
        }
        return process;
    }
}
