package dev.herald.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/users",
                "/api/users?limit=1&cursor=a-b_c~d.e",
                "/a:b@c!$&'()*+,;=",
                "/%C3%A4?q=%F0%9F%98%80",
                "/?a=b?c/d",
                "http://localhost:8080/api/users",
                "HTTPS://localhost/"
            })
    void acceptsWhatTomcatAccepts(String target) {
        assertThat(RequestRules.isTarget(target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api",
                "localhost:80",
                "ftp://localhost/",
                "/a[b]",
                "/a?b[c]=d",
                "/a\"b",
                "/a<b>",
                "/a\\b",
                "/a^b",
                "/a`b",
                "/a{b}",
                "/a|b",
                "/a b",
                "/a#b",
                "/\u00e4",
                "/a\tb",
                "/a\u007f",
                "/%",
                "/%a",
                "/%ag",
                "/%E4",
                "/%C0%AF",
                "/%ED%A0%80",
                "/%FF",
                "/a?b=%C3",
                "/a?b=%F8%88%80%80%80"
            })
    void refusesWhatTomcatRefuses(String target) {
        assertThat(RequestRules.isTarget(target)).isFalse();
    }
}
