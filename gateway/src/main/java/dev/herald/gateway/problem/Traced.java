package dev.herald.gateway.problem;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

final class Traced {

    private Traced() {}

    /**
     * Runs the work in {@code handle}, where Reactor restores the request's trace; automatic context propagation would
     * restore it in every operator, at a higher cost than the rest of the gateway.
     */
    static <T> Mono<T> call(Supplier<T> work) {
        return Mono.just(work).handle((traced, result) -> result.next(traced.get()));
    }
}
