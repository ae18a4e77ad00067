package dev.herald.benchmarks;

import tools.jackson.databind.json.JsonMapper;

/** The email address and password of an account. {@code toString} omits the password. */
record Credentials(String email, String password) {

    String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    @Override
    public String toString() {
        return "Credentials[email=" + email + "]";
    }
}
