package dev.herald.local.suite;

import dev.herald.local.process.Failure;
import dev.herald.local.process.Folders;
import dev.herald.local.process.Parallel;
import dev.herald.local.process.Polling;
import dev.herald.local.process.ResidentMemory;
import dev.herald.local.process.Signal;
import dev.herald.local.server.Component;
import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.Databases;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.Readiness;
import dev.herald.local.server.Service;
import dev.herald.local.settings.AvailableMemory;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.NotBuilt;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.PortsTaken;
import dev.herald.local.settings.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole of Herald on this machine: the servers, discovery and the services.
 *
 * <p>What runs is known from the records alone: two of these objects with the same home, in one process or in two, are the same suite.
 */
public final class Suite {

    private static final Duration EXTERNAL_LIMIT = Duration.ofSeconds(20);

    private final Settings settings;
    private final Terminal terminal;
    private final SuiteLock lock;
    private final Components components;
    private final RunRecords records;
    private final Runner runner;
    private volatile boolean begun;
    private volatile boolean complete;
    private volatile boolean abandoned;

    public Suite(Settings settings) {
        this(settings, new Terminal(System.out, false));
    }

    public Suite(Settings settings, Terminal terminal) {
        this(settings, terminal, new Components(settings));
    }

    public Suite(Settings settings, Terminal terminal, Components components) {
        this.settings = settings;
        this.terminal = terminal;
        this.lock = new SuiteLock(settings.home());
        this.components = components;
        this.records = new RunRecords(settings.home().run());
        this.runner = new Runner(settings, records);
    }

    public Settings settings() {
        return settings;
    }

    public Components components() {
        return components;
    }

    /**
     * Starts all components, and returns when they are ready. If one fails, the others are stopped again.
     *
     * @throws Failure if a component is running
     * @throws PortsTaken if a port is not free
     * @throws ComponentFailed if a component cannot be started
     */
    public void up() throws InterruptedException {
        lock.during(() -> {
            if (isRunning()) {
                throw alreadyRunning();
            }
            AvailableMemory.require(settings, terminal::line);
            // Removes the records of processes that ended with the machine.
            records.clear();
            FreePorts.require(settings, components.all());
            begun = true;
            records.saveEnvironment(settings.environment());
            try {
                startAll();
            } catch (ComponentFailed | NotBuilt failure) {
                if (!abandoned) {
                    terminal.heading("That failed: what was started is stopped again");
                    stopAll();
                }
                throw failure;
            }
        });
        complete = true;
    }

    /**
     * Starts a component that does not run, and returns when it is ready.
     *
     * @throws ComponentFailed if it cannot be started
     */
    public void start(String name) throws InterruptedException {
        Component component = components.named(name);
        lock.during(() -> startUnlessRunning(component));
    }

    /**
     * Starts components that do not run, servers before services, and returns when they are ready.
     *
     * @throws ComponentFailed if one cannot be started
     */
    public void start(List<String> names) throws InterruptedException {
        List<Component> servers = components.servers().stream()
                .filter(server -> names.contains(server.name()))
                .toList();
        List<Service> services = components.jvms().stream()
                .filter(service -> names.contains(service.name()))
                .toList();
        lock.during(() -> {
            Parallel.each(servers, this::startUnlessRunning);
            Parallel.each(services, this::startUnlessRunning);
        });
    }

    /** Stops a component, which does not count as crashed then. */
    public void stop(String name) throws InterruptedException {
        stop(List.of(name));
    }

    public void stop(List<String> names) throws InterruptedException {
        List<Component> named = names.stream().map(components::named).toList();
        lock.during(() -> Parallel.each(named, this::stopComponent));
    }

    public void restart(String name) throws InterruptedException {
        Component component = components.named(name);
        lock.during(() -> {
            stopComponent(component);
            startUnlessRunning(component);
        });
    }

    /**
     * Runs the given number of instances of a service: starts the missing ones, and stops and removes those above the number. If one
     * cannot be started, none is added.
     *
     * @throws BadUsage if the service cannot have several
     * @throws NotUp if the suite is not running
     * @throws PortsTaken if there are no ports for another instance
     * @throws ComponentFailed if an instance cannot be started
     */
    public void scale(String service, int count) throws InterruptedException {
        Service first = components.scalable(service);
        lock.during(() -> {
            if (!isRunning()) {
                throw new NotUp(false);
            }
            Parallel.each(components.instancesAbove(first, count), this::remove);
            List<Service> wanted = components.instances(first, count);
            List<Service> missing = wanted.stream()
                    .filter(instance -> processOf(instance.name()).isEmpty())
                    .toList();
            // One after the other, because they use the same unpacked jar.
            prepareAll(missing);
            try {
                Parallel.each(wanted, this::startUnlessRunning);
            } catch (ComponentFailed | PortsTaken failure) {
                Parallel.each(
                        missing.stream()
                                .filter(instance -> instance.number() > 1)
                                .toList(),
                        this::remove);
                throw failure;
            }
        });
    }

    /**
     * Makes a service read its topics again.
     *
     * @return the partitions
     * @throws NotUp if it is not running
     * @throws BadUsage if it consumes no events
     */
    public List<String> replay(String service) throws InterruptedException {
        List<Service> instances = running(service);
        List<String> partitions = new ArrayList<>();
        for (Service instance : instances) {
            // Each instance reads its own partitions; the first resets the read models. Actuator takes parameters as
            // text.
            String body = "{\"reset\": \"%s\"}".formatted(instance.equals(instances.getFirst()));
            new Actuator(instance)
                    .post("/actuator/replay", body)
                    .get("partitions")
                    .forEach(partition -> partitions.add(partition.asString()));
        }
        return partitions;
    }

    /**
     * The dead letters of a service.
     *
     * @throws NotUp if it is not running
     */
    public DeadLetters deadLetters(String service) {
        return new DeadLetters(running(service).getFirst(), terminal);
    }

    /** The running instances of a service, at least one. */
    private List<Service> running(String service) {
        if (!Components.CONSUMERS.contains(components.named(service).name())) {
            throw new BadUsage(
                    "%s consumes no events. These do: %s.".formatted(service, String.join(", ", Components.CONSUMERS)));
        }
        List<Service> running = components.instancesAbove(components.scalable(service), 0).stream()
                .filter(instance -> processOf(instance.name()).isPresent())
                .toList();
        if (running.isEmpty()) {
            throw new NotUp(isRunning());
        }
        return running;
    }

    /** Kills a component (SIGKILL). */
    public void kill(String name) throws InterruptedException {
        Optional<RunRecord> record = records.find(components.named(name).name());
        if (record.isPresent()) {
            runner.kill(record.get());
        }
    }

    /** Pauses a component with all its processes (SIGSTOP), the parent first, so that it starts no other. */
    public void pause(String name) {
        processOf(components.named(name).name()).ifPresent(process -> {
            Signal.STOP.sendTo(process);
            process.descendants().forEach(Signal.STOP::sendTo);
        });
    }

    /** Resumes a paused component (SIGCONT). */
    public void resume(String name) {
        processOf(components.named(name).name()).ifPresent(process -> {
            process.descendants().forEach(Signal.CONT::sendTo);
            Signal.CONT.sendTo(process);
        });
    }

    /** Stops all components, services before servers, and a command that is still starting them. */
    public void down() throws InterruptedException {
        lock.afterTakingOver(this::stopAll);
    }

    /** Stops all components, and deletes data and logs. */
    public void reset() throws InterruptedException {
        lock.afterTakingOver(() -> {
            stopAll();
            Folders.delete(settings.home().data());
            Folders.delete(settings.home().logs());
            if (!settings.hasExternalPostgres()) {
                // An external database keeps data that needs these secrets.
                settings.home().secrets().forget();
            }
        });
    }

    /** Stops all components when this process receives SIGTERM or SIGINT. */
    public void abandon() throws InterruptedException {
        abandoned = true;
        runner.close();
        // Programs such as initdb: an incomplete result is never used.
        ProcessHandle.current()
                .children()
                .filter(child -> records.all().stream().noneMatch(record -> record.pid() == child.pid()))
                .forEach(ProcessHandle::destroyForcibly);
        if (complete) {
            // Another terminal may be starting more.
            lock.afterTakingOver(this::stopAll);
        } else {
            stopAll();
        }
    }

    /** Starts the embedded PostgreSQL alone, with the services' databases. */
    void startPostgres() throws InterruptedException, SQLException {
        start("postgres");
        new Databases(settings.postgres()).createMissing();
        settings.home().secrets().createMissing();
    }

    public boolean hasStartupCaches() {
        return components.jvms().stream().allMatch(Service::hasStartupCache);
    }

    public List<ComponentStatus> status() {
        return Stream.concat(
                        components.externals().stream().map(ComponentStatus::of),
                        components.all().stream().map(this::statusOf))
                .toList();
    }

    /** Whether this object has begun to start the suite. */
    public boolean hasBegun() {
        return begun;
    }

    /** The start of the oldest running process. */
    Optional<Instant> since() {
        return records.all().stream()
                .filter(record -> record.process().isPresent())
                .map(RunRecord::startedAt)
                .min(Comparator.naturalOrder());
    }

    public boolean runs(String component) {
        return processOf(component).isPresent();
    }

    public boolean isRunning() {
        return records.all().stream().anyMatch(record -> record.process().isPresent());
    }

    /** The resident memory of discovery and the services. */
    public ResidentMemory memoryOfServices() {
        return components.jvms().stream()
                .flatMap(service -> processOf(service.name()).stream())
                .map(ResidentMemory::of)
                .reduce(ResidentMemory.NONE, ResidentMemory::plus);
    }

    private void startAll() throws InterruptedException {
        Parallel.each(components.externals(), this::awaitExternal);
        Parallel.each(components.servers(), this::startComponent);
        createMissingDatabases();
        settings.home().secrets().createMissing();
        Parallel.run(
                () -> startComponent(components.discovery()),
                // One starting JVM leaves a processor free.
                () -> prepareAll(components.services()));
        Parallel.each(components.services(), this::startComponent);
        Parallel.each(components.observers(), this::startComponent);
    }

    private void stopAll() throws InterruptedException {
        Parallel.each(components.observers(), this::stopComponent);
        Parallel.each(components.services(), this::stopComponent);
        stopComponent(components.discovery());
        Parallel.each(components.servers(), this::stopComponent);
        records.clear();
    }

    private void prepareAll(List<? extends Component> components) throws InterruptedException {
        for (Component component : components) {
            runner.prepare(component);
        }
    }

    private void startUnlessRunning(Component component) throws InterruptedException {
        if (processOf(component.name()).isPresent()) {
            Inspection.ProbeResult probed = Inspection.probe(component, statusOf(component));
            terminal.event(
                    component.name(),
                    probed.state(),
                    "is running",
                    probed.problem() == null ? "" : "but " + probed.problem());
            return;
        }
        FreePorts.require(settings, List.of(component));
        records.saveEnvironment(settings.environment());
        startComponent(component);
    }

    private void awaitExternal(ExternalServer server) throws InterruptedException {
        Readiness readiness = new Readiness(server.probe());
        if (!Polling.until(readiness::reached, EXTERNAL_LIMIT)) {
            throw new ComponentFailed(
                    server.name(),
                    "does not answer at %s: %s".formatted(server.address(), readiness.obstacle()),
                    List.of());
        }
        terminal.event(server.name(), State.EXTERNAL, "external", server.address());
    }

    private void startComponent(Component component) throws InterruptedException {
        Instant begin = Instant.now();
        runner.start(component);
        String took = Terminal.seconds(Duration.between(begin, Instant.now()));
        terminal.event(component.name(), State.UP, "ready in " + took, Port.describe(component.ports()));
    }

    private void stopComponent(Component component) throws InterruptedException {
        Optional<RunRecord> running =
                records.find(component.name()).filter(record -> record.process().isPresent());
        if (running.isEmpty()) {
            records.find(component.name()).map(RunRecord::stopped).ifPresent(records::save);
            return;
        }
        Instant begin = Instant.now();
        boolean onItsOwn = runner.stop(running.get(), component.stopSignal());
        String took = Terminal.seconds(Duration.between(begin, Instant.now()));
        terminal.event(component.name(), State.STOPPED, (onItsOwn ? "stopped in " : "killed after ") + took, "");
    }

    private void remove(Service instance) throws InterruptedException {
        stopComponent(instance);
        records.forget(instance.name());
    }

    private void createMissingDatabases() {
        try {
            new Databases(settings.postgres()).createMissing();
        } catch (SQLException e) {
            throw new ComponentFailed("postgres", "does not let the databases be made: " + e.getMessage(), List.of());
        }
    }

    private Optional<ProcessHandle> processOf(String component) {
        return records.find(component).flatMap(RunRecord::process);
    }

    ComponentStatus statusOf(Component component) {
        return records.find(component.name())
                .map(record -> ComponentStatus.of(record, settings.home().log(component.name())))
                .orElseGet(() -> ComponentStatus.neverStarted(component.name()));
    }

    public static Failure alreadyRunning() {
        return new Failure(
                "Herald runs already, but not all of it is up. ./herald status says what is not, ./herald down stops it.");
    }
}
