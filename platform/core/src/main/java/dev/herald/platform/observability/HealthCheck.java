package dev.herald.platform.observability;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** A program for containers without a shell. Its exit code is 0 if the URL, such as that of a probe, answers with 200, and 1 otherwise. */
final class HealthCheck {

    private static final int TIMEOUT_MS = 5000;

    private HealthCheck() {}

    static void main(String[] url) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(url[0]).toURL().openConnection();
        request.setConnectTimeout(TIMEOUT_MS);
        request.setReadTimeout(TIMEOUT_MS);
        int status = request.getResponseCode();
        System.out.println(status);
        System.exit(status == HttpURLConnection.HTTP_OK ? 0 : 1);
    }
}
