/** How passwords are hashed, which are refused, and how often one may be wrong. */
@NullMarked
package dev.herald.user.password;

import org.jspecify.annotations.NullMarked;
