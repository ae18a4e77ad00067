package dev.herald.local.suite;

import static java.util.stream.Collectors.toMap;

import dev.herald.local.process.Failure;
import dev.herald.local.process.Folders;
import dev.herald.local.process.Parallel;
import dev.herald.local.process.ResidentMemory;
import dev.herald.local.process.Signal;
import dev.herald.local.server.Component;
import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.NodeNetwork;
import dev.herald.local.server.OutboxDatabase;
import dev.herald.local.server.Postgres;
import dev.herald.local.server.Redis;
import dev.herald.local.server.Sentinel;
import dev.herald.local.server.Service;
import dev.herald.local.settings.AvailableMemory;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The local suite: the servers, discovery, the services and the observers.
 *
 * <p>This object keeps no state of processes: the records in the home folder are the state, so two objects with the same home control the
 * same suite, also from two JVMs.
 */
public final class Suite {

    private final Settings settings;
    private final Terminal terminal;
    private final SuiteLock lock;
    private final Components components;
    private final RunRecords records;
    private final Runner runner;
    private final StartOrder order;
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
        this.runner = new Runner(records, terminal);
        this.order = new StartOrder(settings, terminal, components, records, runner);
    }

    public Settings settings() {
        return settings;
    }

    public Components components() {
        return components;
    }

    /** Starts all components, and returns when they are ready. If one fails, the others are stopped. */
    public void up() throws InterruptedException {
        lock.during(() -> {
            if (isRunning()) {
                throw alreadyRunning();
            }
            AvailableMemory.require(settings, terminal::line);
            // Removes the records of processes that ended when the machine was shut down.
            records.clear();
            FreePorts.require(settings, components.all());
            begun = true;
            records.saveEnvironment(settings.environment());
            try {
                order.start();
            } catch (Failure failure) {
                if (!abandoned) {
                    terminal.heading("The start failed: the started components are stopped");
                    order.stop();
                }
                throw failure;
            }
        });
        complete = true;
    }

    void startPostgres() throws InterruptedException {
        start("postgres");
        order.createDatabases();
    }

    /** Starts components that do not run, servers before services, and returns when they are ready. */
    public void start(String... names) throws InterruptedException {
        List<Component> named = Stream.of(names).map(components::named).toList();
        List<Component> servers = components.servers();
        lock.during(() -> {
            startEach(named, component -> servers.contains(component) && !component.isFollower());
            startEach(named, component -> servers.contains(component) && component.isFollower());
            startEach(named, component -> !servers.contains(component));
        });
    }

    private void startEach(List<Component> named, Predicate<Component> condition) throws InterruptedException {
        Parallel.each(named.stream().filter(condition).toList(), this::startUnlessRunning);
    }

    private void startUnlessRunning(Component component) throws InterruptedException {
        if (runs(component.name())) {
            ComponentStatus probed = ComponentProbe.of(component, statusOf(component));
            String problem = probed.problem() == null ? "" : "but " + probed.problem();
            terminal.event(component.name(), probed.state(), "is running", problem);
            return;
        }
        FreePorts.require(settings, List.of(component));
        records.saveEnvironment(settings.environment());
        runner.start(component);
    }

    /** Stops components. They do not count as crashed. */
    public void stop(String... names) throws InterruptedException {
        List<Component> named = Stream.of(names).map(components::named).toList();
        lock.during(() -> Parallel.each(named, runner::stop));
    }

    public void restart(String name) throws InterruptedException {
        Component component = components.named(name);
        lock.during(() -> {
            runner.stop(component);
            startUnlessRunning(component);
        });
    }

    /** Starts or stops instances of a service until the given number runs. If one cannot be started, the new ones are removed. */
    public void scale(String service, int count) throws InterruptedException {
        Service first = components.scalable(service);
        lock.during(() -> {
            if (!isRunning()) {
                throw new NotUp(false);
            }
            Parallel.each(components.instancesAbove(first, count), this::remove);
            List<Service> wanted = components.instances(first, count);
            List<Service> missing =
                    wanted.stream().filter(instance -> !runs(instance.name())).toList();
            // Unpacks the jar before the parallel start, because all instances use the same folder.
            order.prepare(missing);
            try {
                Parallel.each(wanted, this::startUnlessRunning);
            } catch (Failure failure) {
                Parallel.each(
                        missing.stream()
                                .filter(instance -> instance.number() > 1)
                                .toList(),
                        this::remove);
                throw failure;
            }
        });
    }

    private void remove(Service instance) throws InterruptedException {
        runner.stop(instance);
        records.forget(instance.name());
    }

    /** Lets Debezium publish what is written for it in one database, in addition to the relay. */
    public void beginDebezium(OutboxDatabase database) throws InterruptedException {
        lock.during(() -> new DebeziumSwitch(settings, records, runner).begin(database));
    }

    /** Waits until Debezium has published everything, and ends its use. */
    public void endDebezium() throws InterruptedException {
        lock.during(() -> new DebeziumSwitch(settings, records, runner).end());
    }

    /** The process ids of the running components by their names. */
    public Map<String, Long> processes() {
        return records.all().stream()
                .filter(record -> record.process().isPresent())
                .collect(toMap(RunRecord::component, RunRecord::pid));
    }

    public Consumers consumers() {
        return new Consumers(this, terminal);
    }

    public void kill(String name) throws InterruptedException {
        Optional<RunRecord> record = records.find(components.named(name).name());
        if (record.isPresent()) {
            runner.kill(record.get());
        }
    }

    /** Pauses a component and its descendant processes (SIGSTOP). The parent is paused first, so that it starts no further process. */
    public void pause(String name) {
        processOf(components.named(name).name()).ifPresent(process -> {
            Signal.STOP.sendTo(process);
            process.descendants().forEach(Signal.STOP::sendTo);
        });
    }

    public void resume(String name) {
        processOf(components.named(name).name()).ifPresent(process -> {
            process.descendants().forEach(Signal.CONT::sendTo);
            Signal.CONT.sendTo(process);
        });
    }

    /** The network of a cluster; empty if this suite is none. */
    public Optional<NodeNetwork> network() {
        return order.network();
    }

    /** Kills the primary of a cluster's PostgreSQL, and makes the standby the primary. */
    public void failOverPostgres() throws InterruptedException {
        Postgres standby = components.postgres().stream()
                .filter(Postgres::isFollower)
                .findFirst()
                .orElseThrow();
        for (Postgres primary : components.postgres()) {
            if (!primary.isFollower()) {
                kill(primary.name());
            }
        }
        try {
            standby.promote();
        } catch (IOException e) {
            throw new ComponentFailed(
                    standby.name(), "cannot be promoted: " + e, standby.log().lastLines());
        }
    }

    /** Kills the master of a cluster's Redis. The Sentinels replace it. */
    public void failOverRedis() throws InterruptedException {
        String master = Sentinel.master(components.nodes("sentinel", Sentinel::new));
        for (Redis redis : components.nodes("redis", Redis::new)) {
            if (redis.host().equals(master)) {
                kill(redis.name());
            }
        }
    }

    /** Stops all components, services before servers. A command that is still starting components is ended first. */
    public void down() throws InterruptedException {
        lock.afterTakingOver(order::stop);
    }

    public void reset() throws InterruptedException {
        lock.afterTakingOver(() -> {
            order.stop();
            Folders.delete(settings.home().data());
            Folders.delete(settings.home().logs());
            // The user's own PostgreSQL keeps its data, which needs the secrets.
            if (!settings.isExternal("postgres")) {
                settings.home().secrets().forget();
            }
        });
    }

    /** Stops all components, because this process received SIGTERM or SIGINT. */
    public void abandon() throws InterruptedException {
        abandoned = true;
        runner.close();
        // Kills child processes without a record, such as initdb; their incomplete results are never used.
        ProcessHandle.current()
                .children()
                .filter(child -> records.all().stream().noneMatch(record -> record.pid() == child.pid()))
                .forEach(ProcessHandle::destroyForcibly);
        if (complete) {
            // A command in another terminal may be starting components.
            lock.afterTakingOver(order::stop);
        } else {
            order.stop();
        }
    }

    /** Whether {@link #up} of this object has begun to start components. */
    public boolean hasBegun() {
        return begun;
    }

    public boolean isRunning() {
        return since().isPresent();
    }

    /** The start time of the oldest running process; empty if none runs. */
    Optional<Instant> since() {
        return records.all().stream()
                .filter(record -> record.process().isPresent())
                .map(RunRecord::startedAt)
                .min(Comparator.naturalOrder());
    }

    public boolean runs(String component) {
        return processOf(component).isPresent();
    }

    private Optional<ProcessHandle> processOf(String component) {
        return records.find(component).flatMap(RunRecord::process);
    }

    public List<ComponentStatus> status() {
        return Stream.concat(
                        components.externals().stream().map(ComponentStatus::of),
                        components.all().stream().map(this::statusOf))
                .toList();
    }

    ComponentStatus statusOf(Component component) {
        return records.find(component.name())
                .map(record -> ComponentStatus.of(record, component.log()))
                .orElseGet(() -> ComponentStatus.neverStarted(component.name()));
    }

    public boolean hasStartupCaches() {
        return components.jvms().stream().allMatch(Service::hasStartupCache);
    }

    public ResidentMemory memoryOfServices() {
        return components.jvms().stream()
                .flatMap(service -> processOf(service.name()).stream())
                .map(ResidentMemory::of)
                .reduce(ResidentMemory.NONE, ResidentMemory::plus);
    }

    public static Failure alreadyRunning() {
        return new Failure(
                "Herald already runs, but not everything is up. ./herald status shows what is not up, ./herald down stops Herald.");
    }
}
