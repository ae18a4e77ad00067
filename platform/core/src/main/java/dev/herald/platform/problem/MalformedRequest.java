package dev.herald.platform.problem;

/** A request that cannot be decoded. */
public class MalformedRequest extends ProblemException {

    public MalformedRequest(String detail) {
        super(ProblemCode.MALFORMED_REQUEST, detail);
    }
}
