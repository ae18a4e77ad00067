package dev.herald.platform.idempotency;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

class IdempotencyKeyReused extends ProblemException {

    IdempotencyKeyReused() {
        super(ProblemCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key came before, with another body.");
    }
}
