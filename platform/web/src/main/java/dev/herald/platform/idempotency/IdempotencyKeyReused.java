package dev.herald.platform.idempotency;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class IdempotencyKeyReused extends ProblemException {

    IdempotencyKeyReused() {
        super(ProblemCode.IDEMPOTENCY_KEY_REUSED, "An earlier request with this Idempotency-Key had another body.");
    }
}
