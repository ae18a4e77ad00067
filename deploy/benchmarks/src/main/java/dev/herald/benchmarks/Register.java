package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.util.List;

/** Registrations, beside hashing passwords alone. */
final class Register implements Scenario {

    @Override
    public String name() {
        return "register";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        String address = bench.target().userService() + "/api/users";
        Argon2 cost = Argon2.of(bench.accounts().storedHash());
        try (Hashing hashing = new Hashing(bench.target().serviceJvm(), cost)) {
            List<Measured> measured = bench.measure(
                    this,
                    hashing,
                    // Some users are stored while others are hashed.
                    new Requests(
                            "register",
                            2 * bench.users(),
                            201,
                            title -> http(title)
                                    .post(address)
                                    .header("Content-Type", "application/json")
                                    .body(StringBody(session -> Accounts.newRegistration()))));
            Measured bound = measured.get(0);
            Measured register = measured.get(1);
            return new Outcome(measured, List.of(Ratio.ofRates(register, bound, Aim.atLeast(0.85))));
        }
    }
}
