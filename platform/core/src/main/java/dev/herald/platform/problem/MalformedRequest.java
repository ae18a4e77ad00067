package dev.herald.platform.problem;

/** A request that cannot be decoded. */
@ProblemCode("malformed-request")
public class MalformedRequest extends ProblemException {

    public MalformedRequest(String detail) {
        super(detail);
    }
}
