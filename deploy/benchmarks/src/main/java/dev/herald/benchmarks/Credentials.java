package dev.herald.benchmarks;

/** The credentials of an account. {@code toString} does not contain the password. */
record Credentials(String email, String password) {

    String json() {
        return Json.MAPPER.writeValueAsString(this);
    }

    @Override
    public String toString() {
        return "Credentials[email=" + email + "]";
    }
}
