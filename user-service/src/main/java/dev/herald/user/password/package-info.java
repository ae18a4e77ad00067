/** Hashing of passwords, the list of common passwords that are refused, and the lockout after wrong passwords. */
@NullMarked
package dev.herald.user.password;

import org.jspecify.annotations.NullMarked;
