package dev.herald.client;

import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResponseErrorHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Throws a {@link HeraldProblem} for each problem document. For other errors, such as those of a proxy, Spring throws its own exceptions.
 */
record ProblemHandler(JsonMapper json) implements ResponseErrorHandler {

    @Override
    public boolean hasError(ClientHttpResponse response) throws IOException {
        MediaType type = response.getHeaders().getContentType();
        return response.getStatusCode().isError()
                && type != null
                && type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Override
    public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
        throw new HeraldProblem(json.readValue(response.getBody(), HeraldProblem.Document.class));
    }
}
