package dev.herald.platform.security;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** A method and a path pattern, such as {@code POST /api/users}. */
public record PublicRequest(String method, PathPattern path) {

    /** Spring Boot binds settings with this method. */
    public static PublicRequest valueOf(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("not a method and a path: " + text);
        }
        return new PublicRequest(words[0], PathPatternParser.defaultInstance.parse(words[1]));
    }

    boolean matches(String method, PathContainer path) {
        return this.method.equals(method.equals("HEAD") ? "GET" : method) && this.path.matches(path);
    }
}
