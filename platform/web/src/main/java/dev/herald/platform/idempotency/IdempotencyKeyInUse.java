package dev.herald.platform.idempotency;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class IdempotencyKeyInUse extends ProblemException {

    IdempotencyKeyInUse() {
        super(ProblemCode.IDEMPOTENCY_KEY_IN_USE, "A request with this Idempotency-Key is still running.");
    }
}
