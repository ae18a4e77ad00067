package dev.herald.gateway.problem;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Work that needs the trace of its request, for a log line or a problem document. */
final class Traced {

    private Traced() {}

    /**
     * Runs the work in {@code handle}, where Reactor restores the trace of the request. Automatic context propagation would restore it in
     * every operator, which costs more than everything else the gateway does.
     */
    static <T> Mono<T> call(Supplier<T> work) {
        return Mono.just(work).handle((traced, result) -> result.next(traced.get()));
    }
}
