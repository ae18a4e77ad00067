package dev.herald.local.suite;

import dev.herald.local.process.Parallel;
import dev.herald.local.process.Polling;
import dev.herald.local.server.Component;
import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.server.NodeNetwork;
import dev.herald.local.server.Service;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Starts all components in the order of their dependencies, and stops them in the reverse order. */
record StartOrder(Settings settings, Terminal terminal, Components components, RunRecords records, Runner runner) {

    private static final Duration EXTERNAL_LIMIT = Duration.ofSeconds(20);

    void start() throws InterruptedException {
        if (network().isPresent()) {
            network().get().create(components.all());
        }
        Parallel.each(components.externals(), this::awaitExternal);
        startEach(components.servers(), server -> !server.isFollower());
        startEach(components.servers(), Component::isFollower);
        createDatabases();
        Parallel.run(
                () -> runner.start(components.discovery()),
                // Unpacks the services' jars meanwhile, because the start of discovery uses only one processor.
                () -> prepare(components.services()));
        // The further instances of a cluster later, because each start is short of processor time as it is.
        startEach(components.services(), service -> service.number() == 1);
        startEach(components.services(), service -> service.number() > 1);
        Parallel.each(components.relays(), runner::start);
        if (!settings.isRelayedByDebezium() && !settings.isExternal("postgres")) {
            new DebeziumSwitch(settings, records, runner).end();
        }
        Parallel.each(components.observers(), runner::start);
    }

    void stop() throws InterruptedException {
        Parallel.each(components.observers(), runner::stop);
        Parallel.each(components.services(), runner::stop);
        // After the services, so that their last events are published.
        Parallel.each(components.relays(), runner::stop);
        runner.stop(components.discovery());
        Parallel.each(components.servers(), runner::stop);
        if (network().isPresent()) {
            network().get().delete();
        }
        records.clear();
    }

    Optional<NodeNetwork> network() {
        return settings.network().map(network -> NodeNetwork.of(settings, network));
    }

    private <T extends Component> void startEach(List<T> all, Predicate<T> condition) throws InterruptedException {
        Parallel.each(all.stream().filter(condition).toList(), runner::start);
    }

    private void awaitExternal(ExternalServer server) throws InterruptedException {
        if (!Polling.until(() -> server.probe().obstacle().isEmpty(), EXTERNAL_LIMIT)) {
            String why = server.probe().obstacle().orElse("it is too slow");
            throw new ComponentFailed(
                    server.name(), "does not answer at %s: %s".formatted(server.address(), why), List.of());
        }
        terminal.event(server.name(), State.EXTERNAL, "external", server.address());
    }

    void createDatabases() {
        try {
            ServiceDatabase.createMissing(settings.postgres());
        } catch (SQLException e) {
            throw new ComponentFailed("postgres", "refused to create the databases: " + e.getMessage(), List.of());
        }
        settings.home().secrets().createMissing();
    }

    void prepare(List<Service> services) throws InterruptedException {
        for (Service service : services) {
            runner.prepare(service);
        }
    }
}
