package dev.herald.user.account;

import dev.herald.platform.validation.Text;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;

/** The body of a registration. Its {@code toString} keeps the password to itself. */
record RegisterUser(
        @NotNull @Text(max = 100) String name,
        @NotNull @Email @Text(max = 254) String email,
        @NotNull @Text(min = 8, max = 128) String password) {

    @Override
    public String toString() {
        return "RegisterUser[name=" + name + ", email=" + email + "]";
    }
}
