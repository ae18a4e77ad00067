package dev.herald.benchmarks;

import tools.jackson.databind.json.JsonMapper;

/** The credentials of an account. {@code toString} does not contain the password. */
record Credentials(String email, String password) {

    String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    @Override
    public String toString() {
        return "Credentials[email=" + email + "]";
    }
}
