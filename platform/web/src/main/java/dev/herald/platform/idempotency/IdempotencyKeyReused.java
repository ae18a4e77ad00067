package dev.herald.platform.idempotency;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;

@ProblemCode("idempotency-key-reused")
public class IdempotencyKeyReused extends ProblemException {

    IdempotencyKeyReused() {
        super("This Idempotency-Key came before, with another body.");
    }
}
