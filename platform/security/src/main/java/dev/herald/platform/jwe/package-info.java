/** Short secrets that one service encrypts for another (JWE, RFC 7516). */
@NullMarked
package dev.herald.platform.jwe;

import org.jspecify.annotations.NullMarked;
