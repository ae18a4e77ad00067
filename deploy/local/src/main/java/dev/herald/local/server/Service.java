package dev.herald.local.server;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.herald.local.process.Command;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.process.LogFile;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of our own: its Spring Boot jar, unpacked, in a JVM of its own.
 *
 * @param module what it is an instance of
 * @param number which instance, from 1 on
 * @param tuning of its JVM: above all, how much memory its objects may take
 */
public record Service(
        Settings settings,
        String module,
        int number,
        Port port,
        Port management,
        List<String> tuning,
        Map<String, String> environment)
        implements Component {

    /** A service's live data is well below half of it. */
    public static final List<String> SMALL_HEAP = List.of("-Xmx128m");

    /**
     * Argon2id takes 19 MiB for each password that is hashed, two at a time on two cores. A collection meets both half done: they
     * must find room in a survivor space (44 MiB), and be no threat to the old one, or there is a full collection every time.
     */
    public static final List<String> HASHING_HEAP = List.of("-Xmx256m", "-Xmn132m", "-XX:SurvivorRatio=1");

    /**
     * Every request passes the gateway. With C2 it needs a third of the processor time for one, after a minute of load, and costs 60 MiB
     * more, and some seconds at the start.
     */
    public static final List<String> BUSY = List.of("-Xmx96m", "-XX:TieredStopAtLevel=4");

    private static final List<String> NICE = List.of("nice", "-n", "5");

    private static final List<String> JVM = List.of(
            // The JDK's first guess is far below what Spring loads, and each wrong guess costs a full collection.
            "-XX:MetaspaceSize=96m");

    /** The first instance, and the only one unless the service is scaled. */
    public Service(
            Settings settings,
            String module,
            Port port,
            Port management,
            List<String> tuning,
            Map<String, String> environment) {
        this(settings, module, 1, port, management, tuning, environment);
    }

    /** Another instance, the same in everything but its name and its ports. */
    public Service instance(int another, Map<Port, Integer> ports) {
        return new Service(settings.moving(ports), module, another, port, management, tuning, environment);
    }

    @Override
    public String name() {
        return nameOf(number);
    }

    public String nameOf(int instance) {
        return instance == 1 ? module : module + "-" + instance;
    }

    @Override
    public Map<Port, Integer> ports() {
        return settings.numbers(port, management);
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jar().unpack(settings.home().log(name()));
    }

    @Override
    public ProcessBuilder process() {
        UnpackedJar jar = jar();
        return jvm(jar, Files.exists(jar.startupCache()) ? List.of("-XX:AOTCache=" + jar.startupCache()) : List.of());
    }

    @Override
    public Probe probe() {
        return Probe.http(managementUrl("/actuator/health/readiness"));
    }

    public URI managementUrl(String path) {
        return settings.url(management, path);
    }

    public boolean hasStartupCache() {
        return Files.exists(jar().startupCache());
    }

    /** Whether what starts is unpacked from the jar as it was built last. */
    public boolean isPrepared() throws IOException {
        return jar().isCurrent();
    }

    /**
     * Makes the JDK's start-up cache, by starting up to the point where the service would begin its work. It takes some 20 s of
     * processor time, and makes every later start about twice as fast. The start does not register and asks for no registry.
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
                // Behind whatever serves requests on this machine.
                Command.run(
                        log,
                        training.command(Stream.concat(NICE.stream(), training.command().stream())
                                .toList()));
                Files.move(unfinished, jar.startupCache(), ATOMIC_MOVE);
            }
        });
    }

    private UnpackedJar jar() {
        return new UnpackedJar(Checkout.serviceJar(module));
    }

    /** The cache holds for one command line only, so that there is one place which makes it. */
    private ProcessBuilder jvm(UnpackedJar jar, List<String> startup) {
        ProcessBuilder process = new ProcessBuilder(JavaCommand.with()
                .options(JVM)
                .options(tuning)
                .options(startup)
                .options(settings.javaOptions())
                .jar(jar.unpacked()));
        // Whatever an operator would set, such as HERALD_SESSION_ACCESS_TOKEN.
        process.environment().putAll(settings.environment());
        process.environment().putAll(environment);
        process.environment().putAll(addresses());
        process.environment()
                .putAll(Map.of(
                        "SPRING_PROFILES_ACTIVE",
                        "local",
                        "SERVER_PORT",
                        Integer.toString(settings.port(port)),
                        "MANAGEMENT_SERVER_PORT",
                        Integer.toString(settings.port(management)),
                        // glibc would keep a memory arena for each of many threads.
                        "MALLOC_ARENA_MAX",
                        "2"));
        return process;
    }

    /** Where it listens, and the address that it registers: its own choice, the first that is not loopback, if it listens on all. */
    private Map<String, String> addresses() {
        String address = settings.bindAddress();
        Map<String, String> listening = Map.of("SERVER_ADDRESS", address, "MANAGEMENT_SERVER_ADDRESS", address);
        if (settings.bindsToAllAddresses()) {
            return listening;
        }
        Map<String, String> registered = new HashMap<>(listening);
        registered.put("EUREKA_INSTANCE_IP_ADDRESS", address);
        // The instance id holds it.
        registered.put("SPRING_CLOUD_CLIENT_IP_ADDRESS", address);
        return registered;
    }
}
