package dev.herald.platform.body;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import org.springframework.http.HttpHeaders;

class UnsupportedContentCoding extends ProblemException {

    UnsupportedContentCoding() {
        super(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body is compressed, which is not supported.");
    }

    /**
     * {@code Accept-Encoding} shows that the content coding is the reason, not the media type (RFC 9110, section
     * 12.5.3).
     */
    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
        return headers;
    }
}
