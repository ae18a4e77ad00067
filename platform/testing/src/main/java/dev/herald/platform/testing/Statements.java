package dev.herald.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records the statements that a service sends to its database: how many a request needs, and the plan of each. */
public final class Statements implements BeanPostProcessor, QueryExecutionListener {

    /** The outbox sends this in the background, so it is not counted. */
    private static final String NOTIFY = "notify ";

    private final Queue<Statement> executed = new ConcurrentLinkedQueue<>();

    public record Statement(String sql, List<ParameterSetOperation> parameters) {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database && !(bean instanceof ProxyDataSource)
                ? ProxyDataSourceBuilder.create(database).listener(this).build()
                : bean;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        queries.stream()
                .filter(query -> !query.getQuery().startsWith(NOTIFY))
                .map(query -> new Statement(
                        query.getQuery(),
                        query.getParametersList().isEmpty()
                                ? List.of()
                                : query.getParametersList().getFirst()))
                .forEach(executed::add);
    }

    /** The statements that the work sends. Nothing else may use the database at the same time. */
    public List<Statement> of(Runnable work) {
        executed.clear();
        work.run();
        return List.copyOf(executed);
    }

    /** PostgreSQL's plan for a statement with its values. */
    public static Plan explain(Statement statement, DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain (format json) " + statement.sql())) {
            for (ParameterSetOperation parameter : statement.parameters()) {
                parameter.getMethod().invoke(explain, parameter.getArgs());
            }
            try (ResultSet plan = explain.executeQuery()) {
                assertThat(plan.next()).isTrue();
                return new Plan(
                        JsonMapper.shared().readTree(plan.getString(1)).get(0).get("Plan"));
            }
        } catch (SQLException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The root of a plan, as {@code EXPLAIN (FORMAT JSON)} shows it. */
    public record Plan(JsonNode root) {

        /** The tables that are read completely. */
        public List<String> sequentialScans() {
            return nodes(root)
                    .filter(node -> node.path("Node Type").asString("").contains("Seq Scan"))
                    .map(node -> node.path("Relation Name").asString(""))
                    .toList();
        }

        public List<String> indexes() {
            return nodes(root)
                    .map(node -> node.path("Index Name").asString(""))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        private static Stream<JsonNode> nodes(JsonNode node) {
            return Stream.concat(
                    Stream.of(node), node.path("Plans").valueStream().flatMap(Plan::nodes));
        }

        @Override
        public String toString() {
            return root.toPrettyString();
        }
    }
}
