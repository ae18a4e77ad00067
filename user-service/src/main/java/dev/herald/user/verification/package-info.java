/** Verification of an account's address by a mailed link. */
@NullMarked
package dev.herald.user.verification;

import org.jspecify.annotations.NullMarked;
