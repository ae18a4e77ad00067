package dev.herald.gateway.problem;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

final class Traced {

    private Traced() {}

    /**
     * Runs the work with the request's trace, which Reactor restores in {@code handle}. Automatic context propagation
     * would restore it in every operator, which costs more than the rest of the gateway.
     */
    static <T> Mono<T> call(Supplier<T> work) {
        return Mono.just(work).handle((traced, result) -> result.next(traced.get()));
    }
}
