package dev.herald.platform.idempotency;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("idempotency-key-in-use")
public class IdempotencyKeyInUse extends ProblemException {

    IdempotencyKeyInUse() {
        super("A request with this Idempotency-Key is still running.");
    }
}
