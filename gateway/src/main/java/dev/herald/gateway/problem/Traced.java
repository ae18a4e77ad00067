package dev.herald.gateway.trace;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Work that needs to know the trace of its request: for its log lines, or to tell a client. */
public final class Traced {

    private Traced() {}

    /**
     * Runs the work where the tracer knows the current request. Reactor sees to that in {@code handle}; to have it do so in
     * every operator would cost more than all that the gateway does.
     */
    public static <T> Mono<T> call(Supplier<T> work) {
        return Mono.just(work).handle((traced, result) -> result.next(traced.get()));
    }
}
