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
 * A service of Herald: its unpacked Spring Boot jar in a JVM.
 *
 * @param number of the instance, from 1
 * @param tuning options of its JVM
 */
public record Service(
        Settings settings, String module, int number, List<String> tuning, Map<String, String> environment)
        implements Component {

    /** A service with a database holds up to 90 MiB of live data. */
    public static final List<String> SMALL_HEAP = List.of("-Xmx144m");

    /**
     * Every request passes the gateway. C2 reduces the processor time of a request to a third after a minute of load, for 60 MiB and some
     * seconds at the start.
     */
    public static final List<String> BUSY = List.of("-Xmx96m", "-XX:TieredStopAtLevel=4");

    private static final List<String> JVM = List.of(
            // Spring loads far more than the JDK's default, and each increase costs a full collection.
            "-XX:MetaspaceSize=96m",
            // The size of the young generation. The default is two to three times this, and serves no more requests a
            // second.
            "-Xmn16m",
            // Returns what the compilers have freed, in ms.
            "-XX:TrimNativeHeapInterval=30000");

    /** Another instance, with another name and other ports. */
    public Service instance(int another, Map<Port, Integer> ports) {
        return new Service(settings.moving(ports), module, another, tuning, environment);
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

    /** What all but health, info and metrics needs there, if it is set. */
    public Optional<String> managementToken() {
        return Optional.ofNullable(settings.environment().get("HERALD_MANAGEMENT_TOKEN"))
                .filter(token -> !token.isBlank());
    }

    public boolean hasStartupCache() {
        return Files.exists(jar().startupCache());
    }

    /** Whether the latest build is unpacked. */
    public boolean isPrepared() {
        return jar().isCurrent();
    }

    /**
     * Makes the start-up cache of the JDK by starting the service until its context is ready, without a registry. It takes about 20 s
     * of processor time, and halves the time of every later start.
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
                // The training has a lower priority than requests on this machine.
                command.addAll(0, List.of("nice", "-n", "5"));
                log.run(training.command(command));
                Files.move(unfinished, jar.startupCache(), ATOMIC_MOVE);
            }
        });
    }

    private UnpackedJar jar() {
        return new UnpackedJar(Checkout.serviceJar(module));
    }

    /** A start-up cache is valid for one command line only, so both use this method. */
    private ProcessBuilder jvm(UnpackedJar jar, List<String> startup) {
        ProcessBuilder process = new ProcessBuilder(JavaCommand.with()
                .options(JVM)
                .options(tuning)
                .options(startup)
                .options(settings.javaOptions())
                .jar(jar.unpacked()));
        Map<String, String> variables = process.environment();
        // Settings of the services, such as HERALD_SESSION_ACCESS_TOKEN.
        variables.putAll(settings.environment());
        variables.putAll(environment);
        variables.put("SPRING_PROFILES_ACTIVE", "local");
        variables.put("SERVER_PORT", Integer.toString(settings.port(port())));
        variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(settings.port(management())));
        // Otherwise glibc keeps many memory arenas.
        variables.put("MALLOC_ARENA_MAX", "2");
        // Bytes. Without it glibc keeps the 19 MiB of each password hash.
        variables.put("MALLOC_MMAP_THRESHOLD_", "262144");
        // The file that the endpoint logfile serves, for the portal's console.
        variables.put("MANAGEMENT_ENDPOINT_LOGFILE_EXTERNALFILE", log().path().toString());
        String address = settings.bindAddress();
        variables.put("SERVER_ADDRESS", address);
        variables.put("MANAGEMENT_SERVER_ADDRESS", address);
        // A service that listens on all addresses registers the first that is not loopback.
        if (!settings.bindsToAllAddresses()) {
            variables.put("EUREKA_INSTANCE_IP_ADDRESS", address);
            // Part of the instance id.
            variables.put("SPRING_CLOUD_CLIENT_IP_ADDRESS", address);
        }
        return process;
    }
}
