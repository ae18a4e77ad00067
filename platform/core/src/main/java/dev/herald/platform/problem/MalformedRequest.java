package dev.herald.platform.problem;

public class MalformedRequest extends ProblemException {

    public MalformedRequest(String detail) {
        super(ProblemCode.MALFORMED_REQUEST, detail);
    }
}
