package dev.herald.platform.testing;

import java.net.http.HttpClient;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

/**
 * The tests' HTTP client, which sends each request once, with its URI as written. Boot's default client would repeat a
 * request after a 429.
 */
@TestConfiguration(proxyBeanMethods = false)
class PlainHttp {

    @Bean
    @Lazy
    RestTestClient restTestClient(Environment environment) {
        DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory(
                "http://localhost:" + environment.getRequiredProperty("local.server.port"));
        uris.setEncodingMode(EncodingMode.NONE);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return RestTestClient.bindToServer(new JdkClientHttpRequestFactory(client))
                .uriBuilderFactory(uris)
                .build();
    }
}
