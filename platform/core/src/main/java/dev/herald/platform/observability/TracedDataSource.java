package dev.herald.platform.observability;

import io.micrometer.tracing.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Gives sampled requests connections that record each statement as a span, and all others the pool's own connections. */
class TracedDataSource extends DelegatingDataSource {

    private final Traces traces;
    private final DataSource traced;

    TracedDataSource(DataSource pool, Traces traces) {
        super(pool);
        this.traces = traces;
        this.traced = ProxyDataSourceBuilder.create(pool)
                .listener(new StatementSpans(traces))
                .build();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return traces.isSampled() ? traced.getConnection() : super.getConnection();
    }

    /** Exports a statement's text with placeholders, without the values. */
    private record StatementSpans(Traces traces) implements QueryExecutionListener {

        private static final String SPAN = "span";

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            String text = queries.isEmpty() ? "" : queries.getFirst().getQuery().strip();
            Span span = traces.start("sql " + text.split("\\s", 2)[0].toLowerCase(Locale.ROOT));
            execution.addCustomValue(
                    SPAN, span.tag("db.system.name", "postgresql").tag("db.query.text", text));
        }

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            Span span = execution.getCustomValue(SPAN, Span.class);
            if (execution.getThrowable() != null) {
                span.error(execution.getThrowable());
            }
            span.end();
        }
    }
}
