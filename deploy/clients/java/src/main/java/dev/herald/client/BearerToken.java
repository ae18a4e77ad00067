package dev.herald.client;

import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the access token with each call. Repeats a call once with another token if the token was refused, for example because the session
 * has ended.
 */
record BearerToken(ObjectProvider<AccessTokenSupplier> suppliers) implements ClientHttpRequestInterceptor {

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        AccessTokenSupplier tokens =
                request.getURI().getPath().startsWith(SessionClient.PATH) ? null : suppliers.getIfAvailable();
        if (tokens == null) {
            return execution.execute(request, body);
        }
        String token = tokens.get();
        request.getHeaders().setBearerAuth(token);
        ClientHttpResponse response = execution.execute(request, body);
        if (!response.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
            return response;
        }
        tokens.refused(token);
        String another = tokens.get();
        if (another.equals(token)) {
            return response;
        }
        response.close();
        request.getHeaders().setBearerAuth(another);
        return execution.execute(request, body);
    }
}
