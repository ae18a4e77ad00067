package dev.herald.platform.observability;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** A program for containers without a shell: ends with 0 if a URL answers 200, such as a readiness probe's, and with 1 otherwise. */
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
