package dev.herald.benchmarks;

/** What somebody signs in with. Its {@code toString} keeps the password to itself. */
record Credentials(String email, String password) {

    String json() {
        return Json.MAPPER.writeValueAsString(this);
    }

    @Override
    public String toString() {
        return "Credentials[email=" + email + "]";
    }
}
